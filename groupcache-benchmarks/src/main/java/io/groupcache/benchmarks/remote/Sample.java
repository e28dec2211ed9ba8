package io.groupcache.benchmarks.remote;

import io.groupcache.benchmarks.report.Median;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

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
    double gets = figure(answer, "gets");
    return new Sample(
        gets * 1e9 / figure(answer, "nanos"),
        figure(answer, "p50") / 1e6,
        figure(answer, "p99") / 1e6,
        cpu.toNanos() / 1e3 / gets);
  }

  private static double figure(String answer, String name) {
    return Arrays.stream(answer.split(" "))
        .filter(figure -> figure.startsWith(name + "="))
        .mapToDouble(figure -> Double.parseDouble(figure.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No " + name + " in " + answer));
  }

  /** The median of one figure of all rounds. */
  static double median(List<Sample> rounds, ToDoubleFunction<Sample> figure) {
    return Median.of(rounds.stream().mapToDouble(figure));
  }

  @Override
  public String toString() {
    return "%,.0f/s (p50 %.3f ms, p99 %.3f ms, %.1f µs)".formatted(perSecond, p50, p99, cpu);
  }
}
