package io.groupcache.spring.fault;

import java.time.Duration;

/** The table of all scenarios with changes. */
final class ChangeReport extends SharedTable<ChangeReport.Table> {

  ChangeReport() {
    super(Table.class, Table::new);
  }

  static final class Table extends SharedTable.Table {

    private final StringBuilder rows =
        new StringBuilder(
            "| fault | reads | failed | removals | complete at once | stale reads | all up to date"
                + " after |\n|---|--:|--:|--:|--:|--:|--:|\n");

    private Table() {
      super("change-harness.md");
    }

    void add(String name, ChangeLoad load, Duration settled) {
      rows.append(
          "| %s | %,d | %,d | %,d | %,d | %,d | %,d ms |%n"
              .formatted(
                  name,
                  load.reads(),
                  load.failed(),
                  load.changes(),
                  load.complete(),
                  load.stale(),
                  settled.toMillis()));
    }

    @Override
    String text() {
      return rows.toString();
    }
  }
}
