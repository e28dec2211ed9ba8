package io.groupcache.spring.fault;

import io.groupcache.spring.RequiredTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/**
 * The wall clock of a process, by libfaketime: it can be put while the process runs. The monotonic
 * clock stays the machine's.
 */
final class WallClock {

  private final Path file;

  /** A clock that is so much ahead of the machine's. */
  WallClock(Duration ahead) {
    try {
      file =
          Files.createTempFile(Files.createDirectories(Path.of("target")), "clock", "")
              .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    put(ahead);
  }

  static void orSkip() {
    RequiredTool.orSkip("faketime", "--version");
  }

  /** Puts the clock; the process notices within a second. */
  void put(Duration ahead) {
    try {
      Path next = Files.writeString(Path.of(file + ".next"), "%+d".formatted(ahead.toSeconds()));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has a process go by this clock. */
  ProcessBuilder of(ProcessBuilder process) {
    process
        .environment()
        .putAll(
            Map.of(
                "LD_PRELOAD", "/usr/$LIB/faketime/libfaketimeMT.so.1",
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // What it mends on other systems has all waits of a JVM return at once.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "NO_FAKE_STAT", "1"));
    return process;
  }
}
