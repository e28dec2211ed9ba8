package io.groupcache.benchmarks.visibility;

import io.groupcache.benchmarks.process.Options;
import io.groupcache.benchmarks.report.Median;
import io.groupcache.benchmarks.report.Row;
import io.groupcache.benchmarks.report.Target;
import io.groupcache.benchmarks.ring.RingValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;

/**
 * How soon a reader on another instance sees what one has changed: prints the rows of the table,
 * beside rivals that take turns.
 */
final class Visibility {

  private static final int KEYS = 100;
  private static final String OURS = "groupcache";

  private final Map<String, SharedValues> all = new LinkedHashMap<>();
  private final Map<String, List<Sightings>> rounds = new LinkedHashMap<>();

  private Visibility() {}

  /** Options: redis, visibility-rounds, changes. */
  public static void main(String[] args)
      throws InterruptedException, ExecutionException, TimeoutException {
    Options options = new Options(args);
    Visibility visibility = new Visibility();
    try {
      visibility.start(options.text("redis", "none"));
      visibility.measure(options.number("visibility-rounds", 5), options.number("changes", 500));
    } finally {
      visibility.all.values().forEach(SharedValues::close);
    }
    visibility.print();
    System.exit(0); // whatever threads a rival leaves behind
  }

  private void start(String redis) throws InterruptedException {
    all.put(OURS, RingValues.removed());
    all.put("ours by `set`", RingValues.set());
    if (Files.isExecutable(Path.of(redis))) {
      all.put("Redis pub/sub and a local cache (Jedis)", new RedisValues(redis));
    }
    all.put("Hazelcast near cache, not batched", new HazelcastValues());
  }

  private void measure(int count, int changes)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (int round = -1; round < count; round++) {
      for (Map.Entry<String, SharedValues> each : all.entrySet()) {
        Sightings sightings = Sightings.of(each.getValue(), "" + round, changes, KEYS);
        if (round >= 0) { // the first one is to warm up
          rounds.computeIfAbsent(each.getKey(), name -> new ArrayList<>()).add(sightings);
        }
      }
    }
  }

  private void print() {
    String what = "a reader on another peer sees a change: ";
    print(what + "median", "ms", round -> round.millis(50));
    print(what + "p99", "ms", round -> round.millis(99));
    Target none = Target.atMost(0);
    print("changes with old values read after the call", "%", Sightings::percentWithOldReads, none);
    print("old values read after the call, of a change", "reads", Sightings::oldReadsOfChange);
  }

  private void print(
      String what, String unit, ToDoubleFunction<Sightings> figure, Target... targets) {
    Map<String, Double> figures = new LinkedHashMap<>();
    rounds.forEach((name, each) -> figures.put(name, Median.of(each.stream().mapToDouble(figure))));
    double ours = figures.remove(OURS);
    System.out.println(new Row(what, unit, ours, figures, List.of(targets)).markdown());
  }
}
