package io.groupcache.benchmarks.report;

import java.util.stream.DoubleStream;

/** What stands for all rounds. */
public final class Median {

  private Median() {}

  /** The median of these; NaN of none. */
  public static double of(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
