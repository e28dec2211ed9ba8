package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.Source;
import io.groupcache.spring.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that a peer has closed while they were idle. */
@Timeout(60)
class StaleConnectionTests {

  private static final int CONNECTIONS = 4;

  private static final PeerConnectionSettings SETTINGS =
      new PeerConnectionSettings(
          "/_groupcache/", Duration.ofSeconds(10), Duration.ofSeconds(10), CONNECTIONS, 1024);

  @Test
  void oneIsMadeAnewAndCostsNoPeerError() throws IOException {
    try (KeepAlivePeer peer = new KeepAlivePeer(1, () -> {});
        OnePeerRing ring = new OnePeerRing(peer.url(), SETTINGS)) {
      for (int i = 0; i < 20; i++) {
        assertThat(source(ring, "k" + i)).isEqualTo(Source.PEER);
      }
      assertThat(ring.group.stats().peerErrors()).isZero();
      assertThat(peer.connections()).isEqualTo(20);
    }
  }

  @Test
  void theOthersThatAreAsOldAreNotTriedOneByOne() throws Exception {
    CyclicBarrier together = new CyclicBarrier(CONNECTIONS);
    try (KeepAlivePeer peer = new KeepAlivePeer(1, () -> await(together));
        OnePeerRing ring = new OnePeerRing(peer.url(), SETTINGS)) {
      for (int round = 0; round < 2; round++) {
        String prefix = "k" + round + "-";
        List<CompletableFuture<Source>> gets =
            IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> Threads.supply(() -> source(ring, prefix + i)))
                .toList();
        for (CompletableFuture<Source> get : gets) {
          assertThat(get.get(20, TimeUnit.SECONDS)).isEqualTo(Source.PEER);
        }
      }
      assertThat(ring.group.stats().peerErrors()).isZero();
    }
  }

  @Test
  void oneThatBreaksWhileItIsNewIsNoneOfThem() throws IOException {
    try (KeepAlivePeer peer = new KeepAlivePeer(0, () -> {});
        OnePeerRing ring = new OnePeerRing(peer.url(), SETTINGS)) {
      assertThat(source(ring, "k")).isEqualTo(Source.LOAD);

      assertThat(ring.group.stats().peerErrors()).isEqualTo(1);
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  private static Source source(OnePeerRing ring, String key) {
    return ring.group.getResult(GetContext.background(), key).source();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
