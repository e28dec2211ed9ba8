package io.groupcache.spring.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The table of all scenarios, printed after the last test, and in {@code target/}. */
final class FaultReport implements ParameterResolver {

  private static final Path FILE = Path.of("target", "fault-harness.md");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Table.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(FaultReport.class))
        .computeIfAbsent(Table.class, type -> new Table(), Table.class);
  }

  /** The rows so far; closed, and so printed, with the last test. */
  static final class Table implements AutoCloseable {

    private final List<Row> rows = new CopyOnWriteArrayList<>();

    void add(Row row) {
      rows.add(row);
    }

    @Override
    public void close() throws IOException {
      String text =
          "Time-outs: connect %d ms, read %,d ms; deadline %,d ms; faults last %,d ms.%n%n"
                  .formatted(
                      FaultSettings.CONNECT_TIMEOUT.toMillis(),
                      FaultSettings.READ_TIMEOUT.toMillis(),
                      FaultSettings.DEADLINE.toMillis(),
                      FaultSettings.FAULT.toMillis())
              + Row.HEAD
              + rows.stream().map(Row::markdown).collect(Collectors.joining());
      Files.writeString(FILE, text);
      System.out.println(text);
    }
  }
}
