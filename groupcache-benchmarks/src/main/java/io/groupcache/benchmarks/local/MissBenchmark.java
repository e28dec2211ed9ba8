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
import org.openjdk.jmh.annotations.State;

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
  private int next;

  /** Ours, LRU. */
  @Benchmark
  public int groupcache() {
    return group.get(key()).length();
  }

  /** Ours, S3-FIFO. */
  @Benchmark
  public int groupcacheS3Fifo() {
    return s3FifoGroup.get(key()).length();
  }

  /** Caffeine's. */
  @Benchmark
  public int caffeine() {
    return caffeine.get(key(), Workload::load).length;
  }

  private String key() {
    String key = keys[next];
    next = next + 1 == KEYS ? 0 : next + 1;
    return key;
  }
}
