package io.groupcache.benchmarks.local;

import com.github.benmanes.caffeine.cache.Cache;
import io.groupcache.Eviction;
import io.groupcache.Group;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * A get of what is not held: each key in turn, in caches that have room for a tenth, so that each
 * key has long gone when its turn comes again. One is loaded, held, and another evicted.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MissBenchmark {

  private static final int KEYS = 100_000;
  private static final long CAPACITY = Workload.bytesOf(KEYS / 10);

  private final String[] keys = Workload.shuffledKeys(KEYS);
  private final Group group = Workload.group(CAPACITY, Eviction.LRU);
  private final Group s3FifoGroup = Workload.group(CAPACITY, Eviction.S3_FIFO);
  private final Cache<String, byte[]> caffeine = Workload.caffeine(CAPACITY);

  /** Where a thread is among the keys: as far from the others as can be. */
  @State(Scope.Thread)
  public static class Place {

    private int next;

    /** Finds it. */
    @Setup
    public void find(ThreadParams thread) {
      next = KEYS / thread.getThreadCount() * thread.getThreadIndex();
    }
  }

  /** Ours, LRU. */
  @Benchmark
  public int groupcache(Place place) {
    return group.get(key(place)).length();
  }

  /** Ours, S3-FIFO. */
  @Benchmark
  public int groupcacheS3Fifo(Place place) {
    return s3FifoGroup.get(key(place)).length();
  }

  /** Caffeine's. */
  @Benchmark
  public int caffeine(Place place) {
    return caffeine.get(key(place), Workload::load).length;
  }

  private String key(Place place) {
    String key = keys[place.next];
    place.next = place.next + 1 == KEYS ? 0 : place.next + 1;
    return key;
  }
}
