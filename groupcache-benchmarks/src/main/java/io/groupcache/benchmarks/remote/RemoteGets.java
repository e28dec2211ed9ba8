package io.groupcache.benchmarks.remote;

import static io.groupcache.benchmarks.report.Target.atLeast;
import static io.groupcache.benchmarks.report.Target.atMost;

import io.groupcache.benchmarks.process.Options;
import io.groupcache.benchmarks.report.Target;
import java.time.Duration;
import java.util.List;

/** Gets of small values one by one, from another process: prints the rows of the table. */
final class RemoteGets {

  private static final String GO = Rival.GO.label;
  private static final String JEDIS = Rival.JEDIS.label;
  private static final Target[] NONE = {};

  private RemoteGets() {}

  /**
   * Options: rivals, callers, seconds, rounds, warm-up, size, keys, delay (in seconds, one way;
   * with one, nothing has to be reached), go, redis.
   */
  public static void main(String[] args) {
    Options options = new Options(args);
    List<Rival> rivals = options.list("rivals", "groupcache,go,jedis,lettuce,hazelcast", Rival::of);
    List<Integer> callers = options.list("callers", "1,16,64", Integer::valueOf);
    Duration length = options.seconds("seconds", 1);
    Duration warmUp = options.seconds("warm-up", 4);
    int size = options.number("size", 200);
    int keys = options.number("keys", 10_000);
    Commands commands = Commands.of(options);

    try (Contest contest = Contest.start(rivals, 1, size, keys, commands)) {
      // The many first, who have most of the code compiled.
      Duration left = warmUp;
      for (int i = callers.size() - 1; i >= 0; i--) {
        left = left.dividedBy(2);
        contest.warmUp("get", callers.get(i), left);
      }
      contest
          .rounds("get", callers, length, options.number("rounds", 3))
          .forEach((count, results) -> print(count, commands.delay(), results));
    }
  }

  private static void print(int callers, Duration delay, Results results) {
    String link = delay.isZero() ? "" : " over " + delay.toMillis() + " ms each way";
    String what =
        "remote get" + link + ", " + callers + (callers == 1 ? " caller: " : " callers: ");
    int required = delay.isZero() ? callers : 0;
    results.print(what + "throughput", "/s", Sample::perSecond, throughput(required));
    results.print(what + "p50", "ms", Sample::p50, p50(required));
    results.print(what + "p99", "ms", Sample::p99, p99(required));
    results.print(what + "CPU time", "µs", Sample::cpu, cpu(required));
  }

  private static Target[] throughput(int callers) {
    return switch (callers) {
      case 1 -> new Target[] {atLeast(1.2, GO), atLeast(0.9, JEDIS)};
      case 16 -> new Target[] {atLeast(1.6, GO)};
      case 64 -> new Target[] {atLeast(2.2, GO), atLeast(1.3, JEDIS)};
      default -> NONE;
    };
  }

  private static Target[] p50(int callers) {
    return callers == 1 ? new Target[] {atMost(1, GO)} : NONE;
  }

  private static Target[] p99(int callers) {
    return callers > 1 ? new Target[] {atMost(1, GO)} : NONE;
  }

  private static Target[] cpu(int callers) {
    return switch (callers) {
      case 1 -> new Target[] {atMost(0.8, GO)};
      case 64 -> new Target[] {atMost(1, GO)};
      default -> NONE;
    };
  }
}
