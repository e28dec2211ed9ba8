package io.groupcache.benchmarks.local;

import io.groupcache.Eviction;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.GroupOptions;
import io.groupcache.PeerPicker;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A get of what is held by a group without times. It calls only what earlier revisions have, too,
 * so that it runs with the core of any of them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PlainHitBenchmark {

  private static final int KEYS = 10_000;
  private static final long CAPACITY = Workload.bytesOf(KEYS) * 5 / 4;

  /** How the group evicts. */
  @Param({"LRU", "S3_FIFO"})
  public Eviction eviction = Eviction.LRU;

  private Group group = group();

  /** Where a thread is in its round of the keys. */
  @State(Scope.Thread)
  public static class Round {

    private final String[] keys = Workload.shuffledKeys(KEYS);
    private int next;

    String key() {
      String key = keys[next];
      next = next + 1 == KEYS ? 0 : next + 1;
      return key;
    }
  }

  /** Makes the group and fills it. */
  @Setup
  public void fill() {
    group = group();
    for (String key : Workload.keys(KEYS)) {
      group.get(key);
    }
  }

  /** A hit. */
  @Benchmark
  public int groupcache(Round round) {
    return group.get(round.key()).length();
  }

  private Group group() {
    return new GroupCache(PeerPicker.none())
        .newGroup(
            "benchmark",
            GroupOptions.ofCacheBytes(CAPACITY).withEviction(eviction),
            (context, key, dest) -> dest.setBytes(Workload.load(key)));
  }
}
