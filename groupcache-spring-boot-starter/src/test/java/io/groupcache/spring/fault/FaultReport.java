package io.groupcache.spring.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The table of all scenarios. */
final class FaultReport extends SharedTable<FaultReport.Table> {

  FaultReport() {
    super(Table.class, Table::new);
  }

  static final class Table extends SharedTable.Table {

    private final List<Row> rows = new CopyOnWriteArrayList<>();

    private Table() {
      super("fault-harness.md");
    }

    void add(Row row) {
      rows.add(row);
    }

    @Override
    String text() {
      return "Time-outs: connect %d ms, read %,d ms; deadline %,d ms; faults last %,d ms.%n%n"
              .formatted(
                  FaultSettings.CONNECT_TIMEOUT.toMillis(),
                  FaultSettings.READ_TIMEOUT.toMillis(),
                  FaultSettings.DEADLINE.toMillis(),
                  FaultSettings.FAULT.toMillis())
          + Row.HEAD
          + rows.stream().map(Row::markdown).collect(Collectors.joining());
    }
  }
}
