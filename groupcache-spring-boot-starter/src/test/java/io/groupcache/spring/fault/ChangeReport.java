package io.groupcache.spring.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The table of all scenarios with changes, printed after the last test, and in {@code target/}. */
final class ChangeReport implements ParameterResolver {

  private static final Path FILE = Path.of("target", "change-harness.md");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Table.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(ChangeReport.class))
        .computeIfAbsent(Table.class, type -> new Table(), Table.class);
  }

  /** The rows so far; closed, and so printed, with the last test. */
  static final class Table implements AutoCloseable {

    private final StringBuilder rows =
        new StringBuilder(
            "| fault | reads | failed | removals | complete at once | stale reads | all up to date"
                + " after |\n|---|--:|--:|--:|--:|--:|--:|\n");

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
    public void close() throws IOException {
      Files.writeString(FILE, rows);
      System.out.println(rows);
    }
  }
}
