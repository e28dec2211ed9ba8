package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.ByteView;
import io.groupcache.GroupStats;
import io.groupcache.Sinks;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.server.GatedApp;
import io.groupcache.spring.http.server.GatedApp.Gate;
import io.groupcache.spring.http.server.PeerController;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gets from a real peer that come while others are under way. */
@Timeout(60)
class CombinedReadsTests {

  private static RunningApp app;

  @BeforeAll
  static void start() {
    app = RunningApp.start(GatedApp.class);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void manyCallersGetTheirOwnValues() throws Exception {
    try (OnePeerRing ring = ring("echo")) {
      List<CompletableFuture<Void>> callers = new ArrayList<>();
      for (int caller = 0; caller < 32; caller++) {
        String prefix = "caller " + caller + " key ";
        callers.add(
            Threads.run(() -> {
              for (int i = 0; i < 100; i++) {
                assertThat(ring.group.get(prefix + i, Sinks.string())).isEqualTo(prefix + i);
              }
            }));
      }
      for (CompletableFuture<Void> caller : callers) {
        caller.get();
      }
      assertThat(ring.group.stats())
          .isEqualTo(new GroupStats(3200, 0, 3200, 3200, 0, 0, 3200, 0, 0));
    }
  }

  @Test
  void aSlowKeyDelaysOnlyItself() throws Exception {
    Gate gate = app.bean(Gate.class);
    try (OnePeerRing ring = ring("gated")) {
      List<CompletableFuture<String>> slow = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        String key = "slow " + i;
        slow.add(Threads.supply(() -> ring.group.get(key, Sinks.string())));
      }
      gate.awaitLoads(10);
      gate.open();
      for (int i = 0; i < 10; i++) {
        assertThat(slow.get(i).get()).isEqualTo("slow " + i);
      }
    }
  }

  @Test
  void manyKeysAreOneRequest() {
    List<String> keys = IntStream.range(0, 1000).mapToObj(i -> "key/ " + i + " ü").toList();
    try (OnePeerRing ring = ring("echo")) {
      Map<String, ByteView> all = ring.group.getAll(keys);

      assertThat(all.keySet()).containsExactlyElementsOf(keys);
      all.forEach((key, value) -> assertThat(value.utf8()).isEqualTo(key));
      assertThat(ring.group.stats().loadsPeer()).isEqualTo(1000);
    }
  }

  private static OnePeerRing ring(String group) {
    PeerConnectionSettings settings =
        new PeerConnectionSettings(
            PeerController.DEFAULT_BASE_PATH,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            64,
            64 << 20);
    return new OnePeerRing(app.url(), settings, group, 0);
  }
}
