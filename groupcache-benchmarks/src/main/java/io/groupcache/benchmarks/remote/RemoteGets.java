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
  private static final Target[] NONE = {};

  private RemoteGets() {}

  /** Options: rivals, callers, seconds, rounds, warm-up, size, keys, go, redis. */
  public static void main(String[] args) {
    Options options = new Options(args);
    List<Rival> rivals = options.list("rivals", "groupcache,go,jedis,lettuce,hazelcast", Rival::of);
    List<Integer> callers = options.list("callers", "1,16,64", Integer::valueOf);
    Duration length = options.seconds("seconds", 1);
    Duration warmUp = options.seconds("warm-up", 4);
    int size = options.number("size", 200);
    int keys = options.number("keys", 10_000);

    try (Contest contest = Contest.start(rivals, 1, size, keys, Commands.of(options))) {
      // The many first, who have most of the code compiled.
      Duration left = warmUp;
      for (int i = callers.size() - 1; i >= 0; i--) {
        left = left.dividedBy(2);
        contest.warmUp("get", callers.get(i), left);
      }
      contest
          .rounds("get", callers, length, options.number("rounds", 3))
          .forEach(RemoteGets::print);
    }
  }

  private static void print(int callers, Results results) {
    String what = "remote get, " + callers + (callers == 1 ? " caller: " : " callers: ");
    boolean one = callers == 1;
    results.print(what + "throughput", "/s", Sample::perSecond, throughput(callers));
    results.print(what + "p50", "ms", Sample::p50, one ? atMostGo() : NONE);
    results.print(what + "p99", "ms", Sample::p99, one ? NONE : atMostGo());
    results.print(what + "CPU time", "µs", Sample::cpu, callers == 64 ? atMostGo() : NONE);
  }

  private static Target[] throughput(int callers) {
    return switch (callers) {
      case 1 -> new Target[] {atLeast(1, GO)};
      case 16 -> new Target[] {atLeast(1.5, GO)};
      case 64 -> new Target[] {atLeast(2, GO), atLeast(1, Rival.JEDIS.label)};
      default -> NONE;
    };
  }

  private static Target[] atMostGo() {
    return new Target[] {atMost(1, GO)};
  }
}
