package io.groupcache.spring.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The table of the scenarios with changes, in {@code target/}. */
final class ChangeReport {

  private static final Path FILE = Path.of("target", "change-harness.md");

  private final StringBuilder table =
      new StringBuilder(
          "| fault | reads | failed | removals | complete at once | stale reads | all up to date"
              + " after |\n|---|--:|--:|--:|--:|--:|--:|\n");

  void add(
      String name,
      long reads,
      long failed,
      long changes,
      long complete,
      long stale,
      Duration settled) {
    String row =
        "| %s | %,d | %,d | %,d | %,d | %,d | %,d ms |%n"
            .formatted(name, reads, failed, changes, complete, stale, settled.toMillis());
    table.append(row);
    System.out.print(row);
    try {
      Files.writeString(FILE, table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
