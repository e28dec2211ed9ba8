package io.groupcache.benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process of the benchmark's own, which answers a line of its input with a line of its output.
 * Ends with this JVM: at the end of its input, or by its id.
 */
public final class Child implements AutoCloseable {

  private static final String END = "the end of its output";

  private final Process process;
  private final Path log;
  private final PrintStream input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread killer;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a process; {@code name} is for the log of what it writes. */
  public static Child start(String name, List<String> command) {
    try {
      Path log = Files.createDirectories(Path.of("target", "logs")).resolve(name + ".log");
      return new Child(new ProcessBuilder(command).redirectErrorStream(true).start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command and waits for what the answer says behind {@code DONE}. */
  public String ask(String command, Duration atMost) {
    input.println(command);
    return await("DONE", atMost);
  }

  /** Waits for a line with those words and returns what is behind them. */
  public String await(String words, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      for (String line = next(end); line != null && !line.equals(END); line = next(end)) {
        int at = line.indexOf(words);
        if (at >= 0) {
          return line.substring(at + words.length()).strip();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("No '" + words + "' from a process; its log is " + log);
  }

  /** User and system time so far. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    input.close();
    try {
      if (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
        process.destroy();
      }
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(killer);
  }

  private @Nullable String next(long end) throws InterruptedException {
    return lines.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter kept = Files.newBufferedWriter(log)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        kept.append(line).append('\n').flush();
      }
    } catch (IOException e) {
      // It has ended.
    }
    lines.add(END);
  }
}
