package io.groupcache.benchmarks.remote;

import static io.groupcache.benchmarks.report.Target.atLeast;
import static io.groupcache.benchmarks.report.Target.atMost;

import io.groupcache.benchmarks.process.Options;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Gets of 1,000 keys at once, over three peers: prints the rows of the table. */
final class RemoteGetAlls {

  private static final int KEYS = 1000;
  private static final String WHAT = "`getAll` of 1,000 keys, 3 peers";
  private static final String ONE_BY_ONE = "one by one";
  private static final String JEDIS = "Redis MGET (Jedis)";
  private static final String LETTUCE = "Redis MGET (Lettuce)";

  private RemoteGetAlls() {}

  /** Options: seconds, rounds, warm-up, long-warm-up, size, go, redis. */
  public static void main(String[] args) {
    Options options = new Options(args);
    List<Rival> ours = List.of(Rival.GROUPCACHE);
    List<Rival> rivals = List.of(Rival.GROUPCACHE, Rival.JEDIS, Rival.LETTUCE);
    Duration length = options.seconds("seconds", 1);
    Duration warmUp = options.seconds("warm-up", 4);
    Duration longWarmUp = options.seconds("long-warm-up", 30);
    int rounds = options.number("rounds", 3);
    int size = options.number("size", 200);

    try (Contest contest = Contest.start(rivals, 3, size, KEYS, Commands.of(options))) {
      contest.warmUp(ours, "get", 1, warmUp.dividedBy(2));
      contest.warmUp("getAll", 1, warmUp);
      Results all = new Results(rivals);
      Results single = new Results(ours);
      for (int round = 0; round < rounds; round++) {
        contest.round("getAll", 1, length, all);
        contest.round("get", 1, length, single);
      }
      print(all, single.ours(Sample::perSecond) / KEYS);

      contest.warmUp("getAll", 1, longWarmUp);
      contest
          .rounds("getAll", List.of(1), length, rounds)
          .forEach((callers, results) -> printWarm(longWarmUp, results));
    }
  }

  private static void print(Results results, double oneByOne) {
    Map<String, Double> beside = new LinkedHashMap<>();
    beside.put(ONE_BY_ONE, oneByOne);
    beside.putAll(redis(results, Sample::perSecond));
    results.print(
        WHAT + ": throughput",
        "/s",
        Sample::perSecond,
        beside,
        atLeast(10, ONE_BY_ONE),
        atLeast(0.4, JEDIS));
    printLatencies(WHAT, results);
    results.print(WHAT + ": CPU time", "µs", Sample::cpu, redis(results, Sample::cpu));
  }

  private static void printWarm(Duration warmUp, Results results) {
    String what = WHAT + ", after " + warmUp.toSeconds() + " s of warm-up";
    results.print(
        what + ": throughput",
        "/s",
        Sample::perSecond,
        redis(results, Sample::perSecond),
        atLeast(0.9, JEDIS));
    printLatencies(what, results);
    results.print(
        what + ": CPU time", "µs", Sample::cpu, redis(results, Sample::cpu), atMost(1.5, JEDIS));
  }

  private static void printLatencies(String what, Results results) {
    results.print(what + ": p50", "ms", Sample::p50, redis(results, Sample::p50));
    results.print(what + ": p99", "ms", Sample::p99, redis(results, Sample::p99));
  }

  private static Map<String, Double> redis(Results results, ToDoubleFunction<Sample> figure) {
    Map<String, Double> redis = new LinkedHashMap<>();
    redis.put(JEDIS, results.median(Rival.JEDIS, figure));
    redis.put(LETTUCE, results.median(Rival.LETTUCE, figure));
    return redis;
  }
}
