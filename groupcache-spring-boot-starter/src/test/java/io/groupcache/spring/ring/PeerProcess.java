package io.groupcache.spring.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of this test's own; what it prints goes to a file under {@code target/}. */
public final class PeerProcess implements AutoCloseable {

  private final Process process;
  private final Path log;

  private PeerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a process; {@code name} is for its log. */
  public static PeerProcess start(String name, ProcessBuilder command) {
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
  public void checkAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "A peer ended with status " + process.exitValue() + ", see " + log + ":\n" + endOfLog());
    }
  }

  /** Whether it has not ended, though it may be stopped. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Asks the process to end, and waits until it has said its goodbyes. */
  public void stop() {
    process.destroy();
    awaitEnd(Duration.ofSeconds(60));
  }

  /** Ends the process as a crash would, with no time to say goodbye. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(10));
  }

  /** Sends the process a signal, such as {@code STOP}, after which it does nothing at all. */
  public void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("Process " + process.pid() + " can't be sent " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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

  private void awaitEnd(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
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
