package io.groupcache.benchmarks.local;

import com.github.benmanes.caffeine.cache.LoadingCache;
import io.groupcache.Eviction;
import io.groupcache.Group;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/**
 * Sixteen threads get keys whose popularity falls as Zipf's law says, in caches that have room for
 * a tenth of them: hits, loads and evictions together.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Threads(16)
public class ZipfMixBenchmark {

  private static final int KEYS = 100_000;
  private static final int DRAWS = 1 << 17;
  private static final long CAPACITY = Workload.bytesOf(KEYS / 10);

  private final String[] draws = draws();
  private final Group group = Workload.group(CAPACITY, Eviction.LRU);
  private final Group s3FifoGroup = Workload.group(CAPACITY, Eviction.S3_FIFO);
  private final LoadingCache<String, byte[]> caffeine = Workload.caffeine(CAPACITY, Workload::load);

  /** Where a thread is among the draws, each at another place. */
  @State(Scope.Thread)
  public static class Position {

    private int next = new SplittableRandom().nextInt(DRAWS);

    String key(String[] draws) {
      next = (next + 1) & (DRAWS - 1);
      return draws[next];
    }
  }

  /** Ours, LRU. */
  @Benchmark
  public int groupcache(Position position) {
    return group.get(position.key(draws)).length();
  }

  /** Ours, S3-FIFO. */
  @Benchmark
  public int groupcacheS3Fifo(Position position) {
    return s3FifoGroup.get(position.key(draws)).length();
  }

  /** Caffeine's. */
  @Benchmark
  public int caffeine(Position position) {
    return caffeine.get(position.key(draws)).length;
  }

  /** Keys drawn by Zipf's law with the exponent 1, the popular ones anywhere in memory. */
  private static String[] draws() {
    String[] keys = Workload.shuffledKeys(KEYS);
    double[] upTo = new double[KEYS];
    double sum = 0;
    for (int i = 0; i < KEYS; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
    }
    SplittableRandom random = new SplittableRandom(11);
    String[] draws = new String[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      int found = Arrays.binarySearch(upTo, random.nextDouble() * sum);
      draws[i] = keys[found >= 0 ? found : -found - 1];
    }
    return draws;
  }
}
