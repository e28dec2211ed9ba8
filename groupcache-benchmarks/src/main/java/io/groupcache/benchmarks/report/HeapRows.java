package io.groupcache.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of the table for the heap that an entry takes, from the table of its own that has them. */
final class HeapRows {

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
    Map<String, Double> beside = new LinkedHashMap<>(heaps);
    beside.keySet().removeIf(HeapRows::isOurs);
    heaps.forEach((name, heap) -> {
      if (isOurs(name)) {
        List<Target> targets =
            beside.keySet().stream().map(rival -> Target.atMost(1, rival)).toList();
        String what = "heap per entry beyond key and value, " + name.replaceFirst(".*, ", "");
        System.out.println(new Row(what, "B", heap, beside, targets).markdown());
      }
    });
  }

  private static boolean isOurs(String name) {
    return name.startsWith("groupcache");
  }
}
