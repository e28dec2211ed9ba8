package io.groupcache.benchmarks.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What JMH has written with {@code -rf json}, in as many rounds as there are. */
final class JmhResults {

  private final List<JsonNode> all = new ArrayList<>();

  JmhResults(Collection<Path> files) {
    JsonMapper json = new JsonMapper();
    files.forEach(file -> json.readTree(file).forEach(all::add));
  }

  /** What a method ("Class.method") was measured to do with so many threads and that parameter. */
  Optional<Measured> find(String method, int threads, String parameter) {
    List<JsonNode> rounds =
        all.stream()
            .filter(one -> one.get("benchmark").asString().endsWith("." + method))
            .filter(one -> one.get("threads").asInt() == threads)
            .filter(one -> parameter(one).equals(parameter))
            .toList();
    return rounds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Measured(
                threads,
                Median.of(rounds.stream().flatMapToDouble(JmhResults::nanos)),
                Median.of(rounds.stream().mapToDouble(JmhResults::bytes))));
  }

  /** The value of its only parameter; empty if it has none. */
  private static String parameter(JsonNode benchmark) {
    JsonNode parameters = benchmark.path("params");
    return parameters.isEmpty() ? "" : parameters.iterator().next().asString();
  }

  /** How long an operation took a thread, in each iteration. */
  private static DoubleStream nanos(JsonNode benchmark) {
    JsonNode metric = benchmark.get("primaryMetric");
    String unit = metric.get("scoreUnit").asString();
    int threads = benchmark.get("threads").asInt();
    DoubleStream.Builder nanos = DoubleStream.builder();
    for (JsonNode fork : metric.get("rawData")) {
      for (JsonNode score : fork) {
        nanos.add(
            switch (unit) {
              case "ns/op" -> score.asDouble();
              case "ops/us" -> threads * 1000 / score.asDouble();
              default -> throw new IllegalArgumentException("What is " + unit + "?");
            });
      }
    }
    return nanos.build();
  }

  private static double bytes(JsonNode benchmark) {
    JsonNode bytes = benchmark.at("/secondaryMetrics/gc.alloc.rate.norm/score");
    return bytes.isMissingNode() ? Double.NaN : bytes.asDouble();
  }

  /**
   * The medians of all rounds.
   *
   * @param nanosAnOperation how long an operation takes a thread
   * @param bytesAnOperation how much an operation allocates; NaN if that was not measured
   */
  record Measured(int threads, double nanosAnOperation, double bytesAnOperation) {

    /** Operations that all threads together do in a microsecond. */
    double millionsASecond() {
      return threads * 1000 / nanosAnOperation;
    }
  }
}
