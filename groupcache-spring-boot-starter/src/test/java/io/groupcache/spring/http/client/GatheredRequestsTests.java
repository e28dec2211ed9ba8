package io.groupcache.spring.http.client;

import static io.groupcache.spring.http.client.TalkingPeer.TRUTH;
import static io.groupcache.spring.http.client.TalkingPeer.beginChunks;
import static io.groupcache.spring.http.client.TalkingPeer.chunk;
import static io.groupcache.spring.http.client.TalkingPeer.delimited;
import static io.groupcache.spring.http.client.TalkingPeer.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.GetContext;
import io.groupcache.ProtoGetter;
import io.groupcache.Sinks;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.client.TalkingPeer.Request;
import io.groupcache.spring.http.client.TalkingPeer.Script;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.SharedSecret;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a peer sees of gets that come while others are under way. */
@Timeout(60)
class GatheredRequestsTests {

  private static final int ROUNDS = 100;

  /** So long that a test that waits for it fails by its own time-out. */
  private static final PeerConnectionSettings PATIENT =
      new PeerConnectionSettings(
          "/_groupcache/", Duration.ofSeconds(10), Duration.ofMinutes(5), 64, 1024);

  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    end.countDown();
  }

  @Test
  void aLoneGetIsAPlainOne() throws IOException {
    try (TalkingPeer peer = new TalkingPeer(TRUTH);
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (int i = 0; i < 20; i++) {
        assertThat(ring.group.get("k" + i, Sinks.string())).isEqualTo(TalkingPeer.valueOf("k" + i));
      }
      assertThat(peer.requests()).hasSize(20).noneMatch(Request::isMany);
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @Test
  void getsThatComeWhileOthersAreUnderWayGoTogether() throws Exception {
    Script held =
        (request, out) -> {
          if (request.keys().get(0).startsWith("busy")) {
            hold();
          }
          TRUTH.say(request, out);
        };
    try (TalkingPeer peer = new TalkingPeer(held);
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      List<CompletableFuture<String>> busy = new ArrayList<>();
      for (int i = 0; i < CombinedReads.REQUESTS; i++) {
        String key = "busy " + i;
        busy.add(Threads.supply(() -> ring.group.get(key, Sinks.string())));
      }
      await().until(() -> peer.requests().size() == CombinedReads.REQUESTS);

      List<CompletableFuture<String>> gets = new ArrayList<>();
      int rounds = 0;
      while (peer.requestsForMany() == 0 && rounds < ROUNDS) {
        for (int i = 0; i < 16; i++) {
          String key = rounds + " " + i;
          gets.add(Threads.supply(() -> ring.group.get(key, Sinks.string())));
        }
        for (int i = 0; i < 16; i++) {
          assertThat(gets.get(rounds * 16 + i).get(20, TimeUnit.SECONDS))
              .isEqualTo(TalkingPeer.valueOf(rounds + " " + i));
        }
        rounds++;
      }

      assertThat(peer.requestsForMany()).isPositive();
      assertThat(peer.requests().stream().mapToInt(request -> request.keys().size()).sum())
          .isEqualTo(CombinedReads.REQUESTS + gets.size());
      end.countDown();
      for (int i = 0; i < busy.size(); i++) {
        assertThat(busy.get(i).get(20, TimeUnit.SECONDS))
            .isEqualTo(TalkingPeer.valueOf("busy " + i));
      }
      assertThat(ring.group.stats().peerErrors()).isZero();
    }
  }

  @Test
  @Timeout(180) // each round takes as long as the hasty one has
  void whoReadsForOthersLeavesAtItsOwnDeadline() throws Exception {
    Script silent =
        (request, out) -> {
          if (!request.isMany() || !request.keys().contains("hasty")) {
            hold();
          }
          // The other's value, and then nothing: it is for the hasty one to read on.
          int other = 1 - request.keys().indexOf("hasty");
          beginChunks(out);
          chunk(out, delimited(value(other, request.keys().get(other)), marker()));
          hold();
        };
    int together = 0;
    for (int round = 0; together < 3 && round < ROUNDS; round++) {
      try (TalkingPeer peer = new TalkingPeer(silent);
          PeerConnections connections =
              new PeerConnections(PATIENT, SharedSecret.none(), null, List.of())) {
        ProtoGetter way = connections.apply(peer.url());
        List<CompletableFuture<Void>> busy = new ArrayList<>();
        for (int i = 0; i < CombinedReads.REQUESTS; i++) {
          String key = "busy " + i;
          busy.add(Threads.run(() -> get(way, key, Duration.ofMinutes(1))));
        }
        await().until(() -> peer.requests().size() == CombinedReads.REQUESTS);

        CompletableFuture<Void> patient =
            Threads.run(() -> get(way, "patient", Duration.ofMinutes(1)));
        CompletableFuture<Void> hasty =
            Threads.run(() -> get(way, "hasty", Duration.ofMillis(400)));

        assertThat(failure(hasty)).isInstanceOf(PeerFailure.class);
        if (peer.requests().contains(new Request(true, List.of("patient", "hasty")))) {
          together++;
          patient.get(20, TimeUnit.SECONDS);
        }
        assertThat(busy).noneMatch(CompletableFuture::isDone);
      }
    }
    assertThat(together).isPositive();
  }

  private static KeyResponse marker() {
    return KeyResponse.getDefaultInstance();
  }

  private static void get(ProtoGetter way, String key, Duration timeout) {
    way.get(
        GetContext.background().withTimeout(timeout),
        GetRequest.newBuilder().setGroup("g").setKey(key).build());
  }

  private static Throwable failure(CompletableFuture<Void> get) throws Exception {
    try {
      get.get(20, TimeUnit.SECONDS);
      throw new AssertionError("has got a value");
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  private void hold() throws IOException {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
