package io.groupcache.benchmarks.remote;

import static io.groupcache.benchmarks.report.Target.atLeast;
import static io.groupcache.benchmarks.report.Target.atMost;

import io.groupcache.benchmarks.report.Row;
import io.groupcache.benchmarks.report.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Gets of small values one by one, from another process: prints the rows of the table. */
final class RemoteGets {

  private static final String GO = Rival.GO.label;

  private RemoteGets() {}

  /** Options: rivals, callers, seconds, rounds, warm-up, size, keys, go, redis. */
  public static void main(String[] args) {
    Options options = new Options(args);
    List<Rival> rivals = options.list("rivals", "groupcache,go,jedis,lettuce,hazelcast", Rival::of);
    List<Integer> callers = options.list("callers", "1,16,64", Integer::valueOf);
    Duration length = options.seconds("seconds", 1);
    Duration warmUp = options.seconds("warm-up", 4);
    int keys = options.number("keys", 10_000);
    int size = options.number("size", 200);
    Commands commands =
        new Commands(Path.of(options.text("go", "none")), Path.of(options.text("redis", "none")));

    try (Contest contest = Contest.start(rivals, 1, size, keys, commands)) {
      contest.warmUp("get", callers.get(callers.size() - 1), warmUp, keys);
      for (int count : callers) {
        contest.warmUp("get", count, length.dividedBy(2), keys);
        Map<Rival, List<Sample>> samples =
            contest.rounds("get", count, length, keys, options.number("rounds", 3));
        String what = "remote get, " + count + (count == 1 ? " caller: " : " callers: ");
        print(what + "throughput", "/s", samples, Sample::perSecond, throughput(count));
        print(what + "p50", "ms", samples, Sample::p50, count == 1 ? atMostGo() : List.of());
        print(what + "p99", "ms", samples, Sample::p99, count == 1 ? List.of() : atMostGo());
        print(what + "CPU time", "µs", samples, Sample::cpu, count == 64 ? atMostGo() : List.of());
      }
    }
  }

  private static List<Target> throughput(int callers) {
    return switch (callers) {
      case 1 -> List.of(atLeast(1, GO));
      case 16 -> List.of(atLeast(1.5, GO));
      case 64 -> List.of(atLeast(2, GO), atLeast(1, Rival.JEDIS.label));
      default -> List.of();
    };
  }

  private static List<Target> atMostGo() {
    return List.of(atMost(1, GO));
  }

  private static void print(
      String what,
      String unit,
      Map<Rival, List<Sample>> samples,
      ToDoubleFunction<Sample> figure,
      List<Target> targets) {
    double ours = Sample.median(samples.getOrDefault(Rival.GROUPCACHE, List.of()), figure);
    System.out.println(
        new Row(what, unit, ours, Contest.beside(samples, figure), targets).markdown());
  }
}
