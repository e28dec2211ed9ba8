package io.groupcache.benchmarks.remote;

import static io.groupcache.benchmarks.report.Target.atLeast;

import io.groupcache.benchmarks.process.Options;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gets of 1,000 keys at once, over three peers: prints the rows of the table. */
final class RemoteGetAlls {

  private static final int KEYS = 1000;
  private static final String ONE_BY_ONE = "one by one";
  private static final String JEDIS = "Redis MGET (Jedis)";
  private static final String LETTUCE = "Redis MGET (Lettuce)";

  private RemoteGetAlls() {}

  /** Options: seconds, rounds, warm-up, size, go, redis. */
  public static void main(String[] args) {
    Options options = new Options(args);
    List<Rival> ours = List.of(Rival.GROUPCACHE);
    List<Rival> rivals = List.of(Rival.GROUPCACHE, Rival.JEDIS, Rival.LETTUCE);
    Duration length = options.seconds("seconds", 1);
    Duration warmUp = options.seconds("warm-up", 4);
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
      Map<String, Double> beside = new LinkedHashMap<>();
      beside.put(ONE_BY_ONE, single.ours(Sample::perSecond) / KEYS);
      beside.put(JEDIS, all.median(Rival.JEDIS, Sample::perSecond));
      beside.put(LETTUCE, all.median(Rival.LETTUCE, Sample::perSecond));
      all.print(
          "`getAll` of 1,000 keys, 3 peers: throughput",
          "/s",
          Sample::perSecond,
          beside,
          atLeast(10, ONE_BY_ONE),
          atLeast(1, JEDIS),
          atLeast(1, LETTUCE));
      all.print("`getAll` of 1,000 keys, 3 peers: p50", "ms", Sample::p50);
      all.print("`getAll` of 1,000 keys, 3 peers: p99", "ms", Sample::p99);
      all.print("`getAll` of 1,000 keys, 3 peers: CPU time", "µs", Sample::cpu);
    }
  }
}
