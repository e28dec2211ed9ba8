package io.groupcache.benchmarks.remote;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What one round of load has measured.
 *
 * @param perSecond gets a second
 * @param p50 the median latency in milliseconds
 * @param p99 the latency that 99 of 100 gets keep within, in milliseconds
 * @param cpu microseconds of CPU time for a get, of client and servers together
 */
record Sample(double perSecond, double p50, double p99, double cpu) {

  /** Reads what a client has answered. */
  static Sample parse(String answer, Duration cpu) {
    Map<String, Double> figures =
        Arrays.stream(answer.split(" "))
            .map(figure -> figure.split("="))
            .collect(Collectors.toMap(pair -> pair[0], pair -> Double.valueOf(pair[1])));
    double gets = figures.get("gets");
    return new Sample(
        gets * 1e9 / figures.get("nanos"),
        figures.get("p50") / 1e6,
        figures.get("p99") / 1e6,
        cpu.toNanos() / 1e3 / gets);
  }

  /** The median of one figure of all rounds. */
  static double median(List<Sample> rounds, ToDoubleFunction<Sample> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
