package io.groupcache.benchmarks.startup;

import io.groupcache.benchmarks.process.Child;
import io.groupcache.benchmarks.process.Options;
import io.groupcache.benchmarks.report.Median;
import io.groupcache.benchmarks.report.Row;
import io.groupcache.benchmarks.report.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts a bare web application and one with the starter, by turns, and measures from the launch of
 * the JVM until the application is ready: prints the row of the table.
 */
final class StartUps {

  private static final double MILLIS_AT_MOST = 150;

  private StartUps() {}

  /** Options: starts. */
  public static void main(String[] args) {
    int starts = new Options(args).number("starts", 5);
    List<Double> bare = new ArrayList<>();
    List<Double> starter = new ArrayList<>();
    for (int i = 0; i <= starts; i++) {
      double bareMillis = millis(ClassPath.bare(), BareApplication.class);
      double starterMillis =
          millis(
              ClassPath.withStarter(),
              StarterApplication.class,
              "--groupcache.self=http://127.0.0.1:1",
              "--groupcache.peers=http://127.0.0.1:1,http://127.0.0.1:2,http://127.0.0.1:3");
      System.err.printf("start %d: %.0f ms, %.0f ms%n", i, bareMillis, starterMillis);
      if (i > 0) { // the first has the disk read what the others find in memory
        bare.add(bareMillis);
        starter.add(starterMillis);
      }
    }
    double bareMedian = median(bare);
    double starterMedian = median(starter);
    print("start of a web app", starterMedian, Map.of("without the starter", bareMedian));
    print(
        "start: what the starter adds",
        starterMedian - bareMedian,
        Map.of(),
        Target.atMost(MILLIS_AT_MOST));
  }

  private static double millis(String classPath, Class<?> application, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, application.getName()));
    command.addAll(List.of("--server.address=127.0.0.1", "--server.port=0"));
    command.addAll(List.of(arguments));
    long start = System.nanoTime();
    try (Child child = Child.start("start-" + application.getSimpleName(), command)) {
      child.await("READY", Duration.ofSeconds(60));
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private static double median(List<Double> millis) {
    return Median.of(millis.stream().mapToDouble(Double::doubleValue));
  }

  private static void print(
      String what, double ours, Map<String, Double> beside, Target... targets) {
    System.out.println(new Row(what, "ms", ours, beside, List.of(targets)).markdown());
  }
}
