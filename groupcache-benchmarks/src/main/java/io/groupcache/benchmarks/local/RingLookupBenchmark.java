package io.groupcache.benchmarks.local;

import io.groupcache.consistenthash.ConsistentHash;
import io.groupcache.consistenthash.HashFunction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Who owns a key, on rings of 50 points for each peer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RingLookupBenchmark {

  private static final int KEYS = 10_000;
  private static final int REPLICAS = 50;

  private final String[] keys = Workload.shuffledKeys(KEYS);
  private ConsistentHash ring = new ConsistentHash(REPLICAS, HashFunction.crc32(), Arrays.asList());
  private int[] points = {};
  private String[] owners = {};
  private int next;

  /** Peers on the ring. */
  @Param({"10", "100", "1000"})
  public int peers;

  /** Makes the ring, and the same points once more for a plain search. */
  @Setup
  public void ring() {
    String[] urls =
        IntStream.range(0, peers)
            .mapToObj(i -> "http://10.0." + i / 250 + "." + i % 250 + ":8080")
            .sorted()
            .toArray(String[]::new);
    ring = new ConsistentHash(REPLICAS, HashFunction.crc32(), Arrays.asList(urls));
    Map<Integer, String> sorted = new TreeMap<>();
    for (String url : urls) {
      for (int i = 0; i < REPLICAS; i++) {
        sorted.put(point(i + url), url);
      }
    }
    points = sorted.keySet().stream().mapToInt(Integer::intValue).toArray();
    owners = sorted.values().toArray(String[]::new);
    for (String key : keys) {
      if (!plainOwner(key).equals(ring.owner(key))) {
        throw new IllegalStateException("Two owners of " + key);
      }
    }
  }

  /** Ours. */
  @Benchmark
  public String groupcache() {
    return ring.owner(key());
  }

  /** The JDK's CRC of the key's bytes, and its binary search over the same points. */
  @Benchmark
  public String binarySearch() {
    return plainOwner(key());
  }

  private String plainOwner(String key) {
    int index = Arrays.binarySearch(points, point(key));
    int first = index >= 0 ? index : -(index + 1);
    return owners[first == owners.length ? 0 : first];
  }

  private static int point(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }

  private String key() {
    String key = keys[next];
    next = next + 1 == KEYS ? 0 : next + 1;
    return key;
  }
}
