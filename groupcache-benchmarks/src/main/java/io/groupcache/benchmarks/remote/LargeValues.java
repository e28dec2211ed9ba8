package io.groupcache.benchmarks.remote;

import static io.groupcache.benchmarks.report.Target.atLeast;

import io.groupcache.benchmarks.process.Options;
import java.time.Duration;
import java.util.List;

/** Gets of values of 1 MB, from another process: prints the rows of the table. */
final class LargeValues {

  private static final int MEGABYTE = 1_000_000; // so that gets a second are MB a second
  private static final int KEYS = 20;

  private LargeValues() {}

  /** Options: port (application or own), rivals, seconds, rounds, warm-up, go, redis. */
  public static void main(String[] args) {
    Options options = new Options(args);
    List<Rival> rivals = options.list("rivals", "groupcache,go", Rival::of);
    Duration length = options.seconds("seconds", 1);

    try (Contest contest = Contest.start(rivals, 1, MEGABYTE, KEYS, Commands.of(options))) {
      contest.warmUp("get", 4, options.seconds("warm-up", 4));
      contest
          .rounds("get", List.of(1, 4), length, options.number("rounds", 3))
          .forEach(
              (callers, results) -> print(options.text("port", "application"), callers, results));
    }
  }

  private static void print(String port, int callers, Results results) {
    String what =
        "1 MB value, "
            + (port.equals("own")
                ? "peers on a port of their own, "
                : "peers on the application's port, ")
            + callers
            + (callers == 1 ? " caller: " : " callers: ");
    results.print(what + "gets a second", "MB/s", Sample::perSecond, atLeast(1, Rival.GO.label));
    results.print(what + "p99", "ms", Sample::p99);
    results.print(what + "CPU time", "µs", Sample::cpu);
  }
}
