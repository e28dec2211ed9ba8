package io.groupcache.benchmarks.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;

/**
 * What a figure of ours has to reach, as a multiple of a rival's, or in itself.
 *
 * @param rival the rival's name; empty for a target that is a figure in itself
 * @param atLeast whether ours has to be so much or more, not so much or less
 * @param bound the multiple, or the figure
 */
public record Target(String rival, boolean atLeast, double bound) {

  private static final DecimalFormatSymbols DIGITS = DecimalFormatSymbols.getInstance(Locale.ROOT);

  /** Ours has to be that multiple of the rival's, or more. */
  public static Target atLeast(double multiple, String rival) {
    return new Target(rival, true, multiple);
  }

  /** Ours has to be that multiple of the rival's, or less. */
  public static Target atMost(double multiple, String rival) {
    return new Target(rival, false, multiple);
  }

  /** Ours has to be that figure, or more. */
  public static Target atLeast(double figure) {
    return new Target("", true, figure);
  }

  /** Ours has to be that figure, or less. */
  public static Target atMost(double figure) {
    return new Target("", false, figure);
  }

  String verdict(double ours, Map<String, Double> rivals) {
    double measured = rival.isEmpty() ? ours : ours / rivals.getOrDefault(rival, Double.NaN);
    if (Double.isNaN(measured)) {
      return "not measured";
    }
    return (atLeast ? measured >= bound : measured <= bound) ? "yes" : "**no**";
  }

  @Override
  public String toString() {
    String sign = atLeast ? "≥ " : "≤ ";
    return rival.isEmpty()
        ? sign + String.format(Locale.ROOT, "%.0f", bound)
        : sign + new DecimalFormat("0.0#", DIGITS).format(bound) + " × " + rival;
  }
}
