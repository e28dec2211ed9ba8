package io.groupcache.spring.fault;

import java.util.ArrayList;
import java.util.List;

/** Measurements of one thing, in the order of time. */
final class Series {

  private static final String BLOCKS = "▁▂▃▄▅▆▇█";

  private final String name;
  private final List<Double> values = new ArrayList<>();

  Series(String name) {
    this.name = name;
  }

  void add(double value) {
    values.add(value);
  }

  /** The median of the first third, without the first tenth, in which things warm up. */
  double early() {
    return median(values.subList(values.size() / 10, Math.max(1, values.size() / 3)));
  }

  /** The median of the last third. */
  double late() {
    return median(values.subList(values.size() * 2 / 3, values.size()));
  }

  /** A block for each value: the whole height is the greatest of them, and nothing is zero. */
  String chart() {
    double max = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    StringBuilder blocks = new StringBuilder();
    for (double value : values) {
      int height = (int) Math.ceil(value / max * BLOCKS.length());
      blocks.append(BLOCKS.charAt(Math.max(1, height) - 1));
    }
    return "%-18s %s  %.0f early, %.0f late, at most %.0f%n"
        .formatted(name, blocks, early(), late(), max);
  }

  @Override
  public String toString() {
    return name;
  }

  private static double median(List<Double> some) {
    return some.stream().sorted().toList().get(some.size() / 2);
  }
}
