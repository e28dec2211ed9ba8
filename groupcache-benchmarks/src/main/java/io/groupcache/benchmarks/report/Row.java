package io.groupcache.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A row of the table: a figure of ours beside the same figure of each rival.
 *
 * @param what what was measured
 * @param unit the unit of all figures
 * @param ours our figure
 * @param rivals those of the rivals, by name; NaN where one is not installed
 * @param targets what has to be reached; none for a row that only tells
 */
public record Row(
    String what, String unit, double ours, Map<String, Double> rivals, List<Target> targets) {

  /** The head of the table. */
  public static final String HEAD =
      "| what | ours | rivals (ours ÷ rival) | must reach | reached |\n|---|--:|---|---|---|";

  /** The row in Markdown. */
  public String markdown() {
    String beside =
        rivals.entrySet().stream()
            .map(rival -> beside(rival.getKey(), rival.getValue()))
            .collect(Collectors.joining("; "));
    String must = targets.stream().map(Target::toString).collect(Collectors.joining("; "));
    return "| %s | %s | %s | %s | %s |".formatted(what, figure(ours), beside, must, reached());
  }

  private String beside(String rival, double figure) {
    if (Double.isNaN(figure)) {
      return rival + ": not installed";
    }
    return figure == 0 // of which nothing is a multiple
        ? rival + " " + figure(figure)
        : String.format(Locale.ROOT, "%s %s (%.2f ×)", rival, figure(figure), ours / figure);
  }

  private String reached() {
    if (targets.isEmpty()) {
      return "";
    }
    return targets.stream()
        .map(target -> target.verdict(ours, rivals))
        .collect(Collectors.joining("; "));
  }

  private String figure(double value) {
    String digits = value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, digits, value) + (unit.startsWith("/") ? "" : " ") + unit;
  }
}
