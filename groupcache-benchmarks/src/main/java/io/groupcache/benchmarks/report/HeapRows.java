package io.groupcache.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of the table for the heap that an entry takes, from the table of its own that has them. */
final class HeapRows {

  private static final String OURS = "groupcache, ";
  private static final String TIMED = ", timed";

  /** What an entry may take more whose value has times: 16, of two figures that are rounded. */
  private static final double TIMES_BYTES = 16.1;

  private HeapRows() {}

  /** Prints a row for each line of the form {@code | name | number |} that is ours. */
  static void print(List<String> lines) {
    Map<String, Double> heaps = new LinkedHashMap<>();
    for (String line : lines) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 4 && cells[2].strip().matches("[0-9.]+")) {
        heaps.put(cells[1].strip(), Double.valueOf(cells[2].strip()));
      }
    }
    heaps.forEach((name, heap) -> {
      if (isOurs(name)) {
        Map<String, Double> beside = new LinkedHashMap<>(heaps);
        beside.keySet().removeIf(other -> isOurs(other) || isTimed(other) != isTimed(name));
        List<Target> targets = new ArrayList<>();
        beside.keySet().forEach(rival -> targets.add(Target.atMost(1, rival)));
        if (isTimed(name)) {
          targets.add(Target.atMost(heaps.get(name.replace(TIMED, "")) + TIMES_BYTES));
        }
        String what = "heap per entry beyond key and value, " + name.replace(OURS, "");
        System.out.println(new Row(what, "B", heap, beside, targets).markdown());
      }
    });
  }

  private static boolean isOurs(String name) {
    return name.startsWith(OURS);
  }

  private static boolean isTimed(String name) {
    return name.endsWith(TIMED);
  }
}
