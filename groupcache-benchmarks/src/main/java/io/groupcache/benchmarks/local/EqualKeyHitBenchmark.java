package io.groupcache.benchmarks.local;

import com.github.benmanes.caffeine.cache.Cache;
import io.groupcache.Eviction;
import io.groupcache.Group;
import java.util.Arrays;
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
 * A get of what is held, with a key object that equals the cache's and is another, as each web
 * request makes its own. The caches have room for four times as many keys: Caffeine is at its
 * fastest then, because it records no reads before it is half full.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EqualKeyHitBenchmark {

  /** Ours, LRU. */
  @Benchmark
  public int groupcache(Lru lru) {
    return lru.group.get(lru.key()).length();
  }

  /** Ours, S3-FIFO. */
  @Benchmark
  public int groupcacheS3Fifo(S3Fifo s3Fifo) {
    return s3Fifo.group.get(s3Fifo.key()).length();
  }

  /** Caffeine's, which counts nothing. */
  @Benchmark
  public int caffeine(Silent silent) {
    byte[] value = silent.cache.getIfPresent(silent.key());
    return value == null ? -1 : value.length;
  }

  /** Caffeine's, which counts its hits, as ours does. */
  @Benchmark
  public int caffeineRecordingStats(Recording recording) {
    byte[] value = recording.cache.getIfPresent(recording.key());
    return value == null ? -1 : value.length;
  }

  /** Keys that are got in turn, none of them the object that a cache holds. */
  @State(Scope.Benchmark)
  public static class Keys {

    /** How many there are. */
    @Param({"4096", "65536", "1048576"})
    public int keys;

    private String[] copies = {};
    private int next;

    /** Copies them. */
    @Setup
    public void copy() {
      copies =
          Arrays.stream(Workload.shuffledKeys(keys))
              .map(key -> new String(key.toCharArray()))
              .toArray(String[]::new);
    }

    final long capacity() {
      return 4 * Workload.bytesOf(keys);
    }

    final String key() {
      String key = copies[next];
      next = next + 1 == copies.length ? 0 : next + 1;
      return key;
    }
  }

  /** A group that evicts what was used least recently. */
  public static class Lru extends Keys {

    private Group group = Workload.group(0, Eviction.LRU);

    /** Fills it. */
    @Setup
    public void fill() {
      group = Workload.filledGroup(keys, capacity(), Eviction.LRU);
    }
  }

  /** A group that evicts as S3-FIFO does. */
  public static class S3Fifo extends Keys {

    private Group group = Workload.group(0, Eviction.S3_FIFO);

    /** Fills it. */
    @Setup
    public void fill() {
      group = Workload.filledGroup(keys, capacity(), Eviction.S3_FIFO);
    }
  }

  /** Caffeine without statistics. */
  public static class Silent extends Keys {

    private Cache<String, byte[]> cache = Workload.caffeine(0);

    /** Fills it. */
    @Setup
    public void fill() {
      cache = Workload.filled(Workload.caffeine(capacity()), keys);
    }
  }

  /** Caffeine with statistics. */
  public static class Recording extends Keys {

    private Cache<String, byte[]> cache = Workload.caffeine(0);

    /** Fills it. */
    @Setup
    public void fill() {
      cache = Workload.filled(Workload.caffeineRecordingStats(capacity()), keys);
    }
  }
}
