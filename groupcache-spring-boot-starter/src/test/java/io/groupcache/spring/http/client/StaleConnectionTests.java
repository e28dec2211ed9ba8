package io.groupcache.spring.http.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.groupcache.GetContext;
import io.groupcache.PeerException;
import io.groupcache.ProtoGetter;
import io.groupcache.Source;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that a peer has closed, or that the network has lost, while they were idle. */
@Timeout(60)
class StaleConnectionTests {

  private static final int CONNECTIONS = 4;

  private static final PeerConnectionSettings SETTINGS =
      new PeerConnectionSettings(
          "/_groupcache/", Duration.ofSeconds(10), Duration.ofSeconds(10), CONNECTIONS, 1024);

  private final PeerConnections connections =
      new PeerConnections(SETTINGS, SharedSecret.none(), null, List.of(), ProcessId.random());

  @AfterEach
  void close() {
    connections.close();
  }

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
    try (KeepAlivePeer peer = new KeepAlivePeer(1, () -> await(together))) {
      ProtoGetter way = connections.apply(peer.url());
      getTogether(way, "k0");
      getTogether(way, "k1");
    }
  }

  @Test
  void thoseToOtherPeersAreKept() throws Exception {
    try (KeepAlivePeer peer = new KeepAlivePeer(1, () -> {});
        KeepAlivePeer other = new KeepAlivePeer(10, () -> {})) {
      ProtoGetter way = connections.apply(peer.url());
      ProtoGetter otherWay = connections.apply(other.url());
      for (int i = 0; i < 3; i++) {
        assertThat(value(way, "g", "k" + i)).asString(US_ASCII).isEqualTo("x");
        assertThat(value(otherWay, "g", "k" + i)).asString(US_ASCII).isEqualTo("x");
      }
      assertThat(peer.connections()).isEqualTo(3);
      assertThat(other.connections()).isEqualTo(1);
    }
  }

  @Test
  void whenTheNetworkForgetsAllOfThemOneTimesOut() throws Exception {
    CyclicBarrier together = new CyclicBarrier(CONNECTIONS);
    AtomicBoolean open = new AtomicBoolean();
    try (KeepAlivePeer peer = new KeepAlivePeer(10, () -> awaitUnless(open, together));
        KeepAlivePeer other = new KeepAlivePeer(10, () -> {})) {
      ProtoGetter way = connections.apply(peer.url());
      ProtoGetter otherWay = connections.apply(other.url());
      value(otherWay, "g", "k");
      getTogether(way, "k");
      open.set(true);
      peer.silenceConnections();

      assertThatExceptionOfType(PeerException.class)
          .isThrownBy(() -> way.get(within(Duration.ofMillis(300)), request("g", "late")));

      assertThat(value(way, "g", "k")).asString(US_ASCII).isEqualTo("x");
      assertThat(value(otherWay, "g", "k")).asString(US_ASCII).isEqualTo("x");
      assertThat(peer.connections()).isEqualTo(CONNECTIONS + 1);
      assertThat(other.connections()).isEqualTo(1);
    }
  }

  @Test
  void oneThatWasUsedWhileAnotherTimedOutIsKept() throws Exception {
    AtomicBoolean slow = new AtomicBoolean(true);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Runnable beforeAnswer =
        () -> {
          if (slow.compareAndSet(true, false)) {
            asked.countDown();
            await(over);
          }
        };
    try (KeepAlivePeer peer = new KeepAlivePeer(10_000, beforeAnswer)) {
      ProtoGetter way = connections.apply(peer.url());
      CompletableFuture<Throwable> late =
          Threads.supply(() ->
              catchThrowable(() -> way.get(within(Duration.ofMillis(300)), request("slow", "k"))));
      await(asked);
      long start = System.nanoTime();
      while (System.nanoTime() - start < 10_000_000) { // the pool counts in milliseconds
        value(way, "g", "k");
      }
      assertThat(late.get(20, TimeUnit.SECONDS)).isInstanceOf(PeerException.class);

      value(way, "g", "k");

      assertThat(peer.connections()).isEqualTo(2);
      over.countDown();
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

  /** As many gets at once as there may be connections. */
  private static void getTogether(ProtoGetter way, String key) throws Exception {
    // Each in a group of its own: those of one would go together.
    List<CompletableFuture<byte[]>> gets =
        IntStream.range(0, CONNECTIONS)
            .mapToObj(i -> Threads.supply(() -> value(way, "g" + i, key)))
            .toList();
    for (CompletableFuture<byte[]> get : gets) {
      assertThat(get.get(20, TimeUnit.SECONDS)).asString(US_ASCII).isEqualTo("x");
    }
  }

  private static byte[] value(ProtoGetter way, String group, String key) {
    return way.get(GetContext.background(), request(group, key)).getValue().toByteArray();
  }

  private static GetRequest request(String group, String key) {
    return GetRequest.newBuilder().setGroup(group).setKey(key).build();
  }

  private static GetContext within(Duration time) {
    return GetContext.background().withTimeout(time);
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

  private static void awaitUnless(AtomicBoolean open, CyclicBarrier barrier) {
    if (!open.get()) {
      await(barrier);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
