package io.groupcache.spring.ring;

import static io.groupcache.spring.ring.PeerApplication.OWNERS;
import static io.groupcache.spring.ring.PeerApplication.VALUES;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Sinks;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.client.PeerConnectionSettings;
import io.groupcache.spring.http.client.PeerConnections;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Four Java peers in four processes. */
@Timeout(120)
class JavaRingTests {

  private static final int THREADS = 100;

  private static Ring ring;

  @BeforeAll
  static void start() {
    // Long, so that a test can take its time to release a getter. Peers have half of a get's time.
    JavaPeer peer =
        new JavaPeer("--groupcache.client.read-timeout=100s", "--groupcache.timeout=240s");
    ring = Ring.start(peer, peer, peer, peer);
  }

  @AfterAll
  static void stop() {
    if (ring != null) {
      ring.close();
    }
  }

  @Test
  void aColdKeyIsLoadedOnceHoweverManyThreadsOfHoweverManyPeersAsk() throws Exception {
    String key = "wait: for the release";
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<CompletableFuture<String>> stampedes =
          ring.stream().map(peer -> supplyAsync(() -> stampede(peer, key), executor)).toList();
      // All of them have missed, and the three peers that don't own the key have asked the owner.
      await()
          .atMost(Duration.ofSeconds(50))
          .until(() -> sum("groupcache.loads") >= 4 * THREADS + 3);
      ring.peers().forEach(peer -> peer.require("/test/release"));

      for (CompletableFuture<String> stampede : stampedes) {
        assertThat(stampede.get().lines())
            .hasSize(THREADS)
            .containsOnly(Hex.encode(TestGetter.value(VALUES, key)));
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(ring.runs(VALUES, key)).isEqualTo(1);
    assertThat(ring.owner(key).runs(VALUES, key)).isEqualTo(1);
    assertThat(sum("groupcache.gets")).isEqualTo(4 * THREADS + 3);
    assertThat(sum("groupcache.server.requests")).isEqualTo(3);
    assertThat(sum("groupcache.peer.errors")).isZero();
  }

  /** The Go library's TestHTTPPool. */
  @Test
  void aClientThatOwnsNothingAsksTheOwners() {
    AtomicInteger ownRuns = new AtomicInteger();
    PeerConnectionSettings settings =
        new PeerConnectionSettings(
            "/_groupcache/", Duration.ofSeconds(5), Duration.ofSeconds(60), 64, 1 << 20);
    try (PeerConnections connections =
        new PeerConnections(settings, SharedSecret.none(), null, List.of(), ProcessId.random())) {
      HttpPool pool = new HttpPool(null, 50, HashFunction.crc32(), connections);
      Group owners =
          new GroupCache(pool)
              .newGroup(
                  OWNERS,
                  1 << 20,
                  (context, key, dest) -> {
                    ownRuns.incrementAndGet();
                    dest.setString("the client itself");
                  });
      pool.set(ring.stream().map(Peer::url).toList());

      Set<String> seen = new HashSet<>();
      for (int i = 0; i < 1000; i++) { // so many that each peer owns some, whatever its port is
        String key = Integer.toString(i);
        String owner = pool.owner(key).orElseThrow();
        assertThat(owners.get(key, Sinks.string())).isEqualTo(owner + " " + key);
        seen.add(owner);
      }
      assertThat(ownRuns).hasValue(0);
      assertThat(seen).hasSize(4);
    }
  }

  private static String stampede(Peer peer, String key) {
    return peer.require(
        "/test/stampede?group="
            + Hex.encode(VALUES)
            + "&key="
            + Hex.encode(key)
            + "&threads="
            + THREADS);
  }

  private static double sum(String meter) {
    return ring.stream().mapToDouble(peer -> peer.meter(meter, VALUES)).sum();
  }
}
