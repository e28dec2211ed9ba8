package io.groupcache.sample.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The script {@code run-ring}, with the jar of the build that runs this test. */
final class RingScript implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path output;
  private final Process process;

  RingScript(List<Integer> ports) throws IOException {
    output = Files.createTempFile("run-ring", ".log");
    ProcessBuilder builder =
        new ProcessBuilder("bash", Path.of("run-ring").toAbsolutePath().toString());
    builder.directory(Path.of("/").toFile());
    String jar = System.getProperty("sample.jar");
    builder.environment().put("JAR", Objects.requireNonNull(jar, "run this with ./mvnw verify"));
    builder
        .environment()
        .put("PORTS", ports.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    // The first tile is drawn by a JVM that has just started, on a machine that may be busy. Peers
    // have half of a get's time.
    builder.environment().put("GROUPCACHE_CLIENT_READTIMEOUT", "60s");
    builder.environment().put("GROUPCACHE_TIMEOUT", "180s");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    process = builder.start();
  }

  /** What it printed so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  void awaitReady() throws IOException {
    await().atMost(PATIENCE).until(() -> output().contains("Ready: open ") || !process.isAlive());
    assertThat(process.isAlive()).as(output()).isTrue();
  }

  int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
    return process.exitValue();
  }

  /** The process of the peer on that port. */
  ProcessHandle peer(int port) {
    return process
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("server.port=" + port))
        .findFirst()
        .orElseThrow();
  }

  /** Sends SIGTERM; a SIGINT would be ignored where this test runs in the background. */
  void terminate() {
    process.destroy();
  }

  /** Ends what is still there. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> peers = process.descendants().toList(); // once it has ended it has none
    process.destroy();
    process.onExit().completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    peers.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.delete(output);
  }
}
