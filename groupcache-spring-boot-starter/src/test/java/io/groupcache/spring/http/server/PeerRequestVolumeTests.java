package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.http.client.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many raw requests to a real server, made of those that {@link PeerRequestFuzzTests} keeps, and
 * the same ones every time.
 */
class PeerRequestVolumeTests {

  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 50_000);
  private static final int SENDERS = 4;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void whateverIsSentIsAnsweredInPlainWords() throws Exception {
    List<byte[]> kept = kept();
    FuzzedApp app = FuzzedApp.start();
    for (byte[] request : kept) {
      app.send(request);
    }

    ExecutorService executor = Executors.newFixedThreadPool(SENDERS);
    try {
      List<CompletableFuture<Void>> senders = new ArrayList<>();
      for (int seed = 1; seed <= SENDERS; seed++) {
        Mutations mutations = new Mutations(kept, seed);
        senders.add(CompletableFuture.runAsync(() -> send(mutations, app), executor));
      }
      CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).join();
    } finally {
      executor.shutdownNow();
    }

    assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(app.sent()).isGreaterThanOrEqualTo(REQUESTS);
    app.stop();
  }

  private static void send(Mutations mutations, FuzzedApp app) {
    try {
      for (int i = 0; i < REQUESTS / SENDERS; i++) {
        app.send(mutations.next());
        if (i % 1000 == 0) {
          app.assertStillAnswers();
        }
      }
    } catch (IOException e) {
      throw new AssertionError("The server gave no answer", e);
    }
  }

  private static List<byte[]> kept() throws Exception {
    Path folder =
        Path.of(
            PeerRequestFuzzTests.class
                .getResource("PeerRequestFuzzTestsInputs/whateverIsSentIsAnsweredInPlainWords")
                .toURI());
    List<byte[]> kept = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        kept.add(Files.readAllBytes(file));
      }
    }
    assertThat(kept).hasSizeGreaterThan(50);
    return kept;
  }
}
