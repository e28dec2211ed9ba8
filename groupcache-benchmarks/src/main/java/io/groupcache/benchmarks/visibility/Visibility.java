package io.groupcache.benchmarks.visibility;

import io.groupcache.benchmarks.process.Options;
import io.groupcache.benchmarks.report.Row;
import io.groupcache.benchmarks.ring.RingValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A value is changed through one instance, and read through another again and again, until that
 * gives the new one: prints the rows of the table, beside rivals that take turns.
 */
final class Visibility {

  private static final int KEYS = 100;
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(20);

  private Visibility() {}

  /** Options: redis, rounds, changes. */
  public static void main(String[] args) throws InterruptedException {
    Options options = new Options(args);
    String redis = options.text("redis", "none");
    int changes = options.number("changes", 500);
    Map<String, SharedValues> all = new LinkedHashMap<>();
    all.put("groupcache", new RingValues());
    if (Files.isExecutable(Path.of(redis))) {
      all.put("Redis pub/sub with a local cache (Jedis)", new RedisValues(redis));
    }
    all.put("Hazelcast near cache", new HazelcastValues());
    Map<String, Histogram> times = new LinkedHashMap<>();
    for (int round = 0; round <= options.number("rounds", 3); round++) {
      for (Map.Entry<String, SharedValues> each : all.entrySet()) {
        Histogram measured = measure(each.getValue(), round, changes);
        if (round > 0) { // the first one is to warm up
          times.computeIfAbsent(each.getKey(), name -> new Histogram(LONGEST, 2)).add(measured);
        }
      }
    }
    print("median", 50, times);
    print("p99", 99, times);
    System.exit(0);
  }

  private static Histogram measure(SharedValues values, int round, int changes)
      throws InterruptedException {
    Histogram times = new Histogram(LONGEST, 2);
    for (int i = 0; i < changes; i++) {
      String key = "key-" + i % KEYS;
      String value = "value-" + round + "-" + i;
      if (i < KEYS) {
        values.change(key, "before-" + round);
        values.read(key);
      }
      CountDownLatch reading = new CountDownLatch(1);
      long[] seen = new long[1];
      Thread reader =
          new Thread(() -> {
            while (!value.equals(values.read(key))) {
              reading.countDown();
            }
            seen[0] = System.nanoTime();
          });
      reader.start();
      reading.await();
      long start = System.nanoTime();
      values.change(key, value);
      reader.join(TimeUnit.NANOSECONDS.toMillis(LONGEST));
      times.recordValue(Math.max(1, seen[0] - start));
    }
    return times;
  }

  private static void print(String what, double percentile, Map<String, Histogram> times) {
    Map<String, Double> rivals = new LinkedHashMap<>();
    times.forEach((name, measured) -> rivals.put(name, millis(measured, percentile)));
    double ours = rivals.remove("groupcache");
    String row = "a reader on another peer sees a change, " + what;
    System.out.println(new Row(row, "ms", ours, rivals, List.of()).markdown());
  }

  private static double millis(Histogram measured, double percentile) {
    return measured.getValueAtPercentile(percentile) / 1e6;
  }
}
