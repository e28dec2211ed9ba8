package io.groupcache.spring.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of this test's own; what it prints goes to a file under {@code target/}. */
final class PeerProcess implements AutoCloseable {

  private final Process process;
  private final Path log;

  private PeerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a process; {@code name} is for its log. */
  static PeerProcess start(String name, ProcessBuilder command) {
    try {
      Path log = Files.createDirectories(Path.of("target", "peers")).resolve(name + ".log");
      Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      process.getOutputStream().close();
      return new PeerProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Complains, with the end of the log, when the process has ended. */
  void checkAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "A peer ended with status " + process.exitValue() + ", see " + log + ":\n" + endOfLog());
    }
  }

  /** Ends the process as a crash would, with no time to say goodbye. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Process " + process.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
