package io.groupcache.benchmarks.remote;

import io.groupcache.benchmarks.report.Row;
import io.groupcache.benchmarks.report.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What each rival reached, round by round. */
final class Results {

  private final Map<Rival, List<Sample>> samples = new EnumMap<>(Rival.class);

  /** Results in which these have a column, whatever they reach. */
  Results(Iterable<Rival> rivals) {
    rivals.forEach(rival -> samples.put(rival, new ArrayList<>()));
  }

  boolean has(Rival rival) {
    return samples.containsKey(rival);
  }

  void add(Rival rival, Sample sample) {
    samples.computeIfAbsent(rival, none -> new ArrayList<>()).add(sample);
  }

  /** Our median; NaN without us. */
  double ours(ToDoubleFunction<Sample> figure) {
    return median(Rival.GROUPCACHE, figure);
  }

  /** The median of that rival; NaN if it is not installed. */
  double median(Rival rival, ToDoubleFunction<Sample> figure) {
    return Sample.median(samples.getOrDefault(rival, List.of()), figure);
  }

  /** The rivals' medians, by their names in the table; NaN for those not installed. */
  Map<String, Double> beside(ToDoubleFunction<Sample> figure) {
    Map<String, Double> beside = new LinkedHashMap<>();
    samples.forEach((rival, rounds) -> beside.put(rival.label, Sample.median(rounds, figure)));
    beside.remove(Rival.GROUPCACHE.label);
    return beside;
  }

  /** Prints a row of the table. */
  void print(String what, String unit, ToDoubleFunction<Sample> figure, Target... targets) {
    print(what, unit, figure, beside(figure), targets);
  }

  /** Prints a row of the table with other figures beside ours. */
  void print(
      String what,
      String unit,
      ToDoubleFunction<Sample> figure,
      Map<String, Double> beside,
      Target... targets) {
    System.out.println(new Row(what, unit, ours(figure), beside, List.of(targets)).markdown());
  }
}
