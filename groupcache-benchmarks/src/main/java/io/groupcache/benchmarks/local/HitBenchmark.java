package io.groupcache.benchmarks.local;

import com.github.benmanes.caffeine.cache.Cache;
import io.groupcache.Eviction;
import io.groupcache.Group;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A get of what is held: each key in turn, in caches that have room for a quarter more. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HitBenchmark {

  private static final int KEYS = 10_000;
  private static final long CAPACITY = Workload.bytesOf(KEYS) * 5 / 4;

  private final Group group = Workload.group(CAPACITY, Eviction.LRU);
  private final Group s3FifoGroup = Workload.group(CAPACITY, Eviction.S3_FIFO);
  private final Cache<String, byte[]> caffeine = Workload.caffeine(CAPACITY);
  private final Group timedGroup = Workload.timedGroup(CAPACITY, Eviction.LRU);
  private final Cache<String, byte[]> timedCaffeine = Workload.timedCaffeine(CAPACITY);
  private final ConcurrentHashMap<String, byte[]> map = new ConcurrentHashMap<>();

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

  /** Fills all of them. */
  @Setup
  public void fill() {
    for (String key : Workload.keys(KEYS)) {
      group.get(key);
      s3FifoGroup.get(key);
      caffeine.put(key, Workload.load(key));
      timedGroup.get(key);
      timedCaffeine.put(key, Workload.load(key));
      map.put(key, Workload.load(key));
    }
  }

  /** Ours, LRU. */
  @Benchmark
  public int groupcache(Round round) {
    return group.get(round.key()).length();
  }

  /** Ours, S3-FIFO. */
  @Benchmark
  public int groupcacheS3Fifo(Round round) {
    return s3FifoGroup.get(round.key()).length();
  }

  /** Caffeine's. */
  @Benchmark
  public int caffeine(Round round) {
    byte[] value = caffeine.getIfPresent(round.key());
    return value == null ? -1 : value.length;
  }

  /** Ours, LRU, of values with a time to live. */
  @Benchmark
  public int groupcacheTimed(Round round) {
    return timedGroup.get(round.key()).length();
  }

  /** Caffeine's, of values that expire after they were written. */
  @Benchmark
  public int caffeineTimed(Round round) {
    byte[] value = timedCaffeine.getIfPresent(round.key());
    return value == null ? -1 : value.length;
  }

  /** The clock that times are read from. */
  @Benchmark
  public long clock() {
    return System.nanoTime();
  }

  /** A map that evicts nothing. */
  @Benchmark
  public int concurrentHashMap(Round round) {
    byte[] value = map.get(round.key());
    return value == null ? -1 : value.length;
  }
}
