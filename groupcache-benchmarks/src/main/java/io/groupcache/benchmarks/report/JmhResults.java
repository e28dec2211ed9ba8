package io.groupcache.benchmarks.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What JMH has written with {@code -rf json}. */
final class JmhResults {

  private final List<Measured> all = new ArrayList<>();

  JmhResults(Collection<Path> files) {
    JsonMapper json = new JsonMapper();
    for (Path file : files) {
      json.readTree(file).forEach(node -> all.add(Measured.of(node)));
    }
  }

  /** What a method of a class was measured to do with so many threads and that parameter. */
  Optional<Measured> find(String benchmark, int threads, String parameter) {
    return all.stream()
        .filter(one -> one.benchmark.equals(benchmark))
        .filter(one -> one.threads == threads && one.parameter.equals(parameter))
        .findFirst();
  }

  /**
   * One measurement.
   *
   * @param benchmark the simple names of class and method, with a dot between
   * @param parameter the value of its only parameter; empty if it has none
   * @param nanosAnOperation how long an operation takes a thread
   * @param bytesAnOperation how much an operation allocates; NaN if that was not measured
   */
  record Measured(
      String benchmark,
      int threads,
      String parameter,
      double nanosAnOperation,
      double bytesAnOperation) {

    private static Measured of(JsonNode node) {
      String[] name = node.get("benchmark").asString().split("\\.");
      JsonNode parameters = node.path("params");
      int threads = node.get("threads").asInt();
      double score = node.at("/primaryMetric/score").asDouble();
      String unit = node.at("/primaryMetric/scoreUnit").asString();
      JsonNode bytes = node.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
      return new Measured(
          name[name.length - 2] + "." + name[name.length - 1],
          threads,
          parameters.isEmpty() ? "" : parameters.iterator().next().asString(),
          switch (unit) {
            case "ns/op" -> score;
            case "ops/us" -> threads * 1000 / score;
            default -> throw new IllegalArgumentException("What is " + unit + "?");
          },
          bytes.isMissingNode() ? Double.NaN : bytes.asDouble());
    }

    /** Operations that all threads together do in a microsecond. */
    double millionsASecond() {
      return threads * 1000 / nanosAnOperation;
    }
  }
}
