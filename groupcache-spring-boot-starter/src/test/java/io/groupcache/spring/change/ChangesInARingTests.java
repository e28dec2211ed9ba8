package io.groupcache.spring.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.ByteView;
import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Invalidation;
import io.groupcache.Sinks;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.ring.AppRing;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values that change, in a ring of three applications with real servers. */
@Timeout(120)
class ChangesInARingTests {

  private AppRing ring;
  private List<RunningApp> peers;

  @AfterEach
  void stop() {
    ring.close();
  }

  @Test
  void afterARemovalAllPeersLoadTheKeyAnew() {
    start("groupcache.client.max-connections-per-peer=8");
    List<String> keys = Stream.generate(() -> "k" + UUID.randomUUID()).limit(30).toList();
    for (int round = 0; round < 3; round++) {
      for (String key : keys) {
        for (RunningApp peer : peers) {
          for (int i = 0; i < 2; i++) { // the second time where it is mirrored
            assertThat(get(peer, key)).isEqualTo(key + "@" + round);
          }
        }
        VersionedApp.version(key).incrementAndGet();
        Invalidation gone = group(peers.get(round), "versions").remove(key);
        assertThat(gone.pendingPeers()).isEmpty();
        assertThat(gone.isComplete()).isTrue();
      }
    }
    for (String key : keys) {
      assertThat(VersionedApp.loads(key)).isEqualTo(3);
    }
  }

  @Test
  void manyKeysAndAllKeysAreRemovedInOneRound() {
    start();
    List<String> keys = Stream.generate(() -> "k" + UUID.randomUUID()).limit(3000).toList();
    peers.forEach(peer -> group(peer, "versions").getAll(keys));
    keys.forEach(key -> VersionedApp.version(key).incrementAndGet());

    assertThat(group(peers.get(0), "versions").removeAll(keys).isComplete()).isTrue();
    for (RunningApp peer : peers) {
      group(peer, "versions")
          .getAll(keys)
          .forEach((key, value) -> assertThat(value.utf8()).isEqualTo(key + "@1"));
    }
    keys.forEach(key -> VersionedApp.version(key).incrementAndGet());

    assertThat(group(peers.get(1), "versions").clear().isComplete()).isTrue();
    for (RunningApp peer : peers) {
      group(peer, "versions")
          .getAll(keys)
          .forEach((key, value) -> assertThat(value.utf8()).isEqualTo(key + "@2"));
    }
  }

  @Test
  void aValueThatIsSetIsHeldByItsOwner() {
    start("groupcache.security.shared-secret=s3cret");
    for (int i = 0; i < 20; i++) {
      String key = "k" + UUID.randomUUID();
      peers.forEach(peer -> get(peer, key));

      Invalidation set = group(peers.get(i % 3), "versions").set(key, ByteView.of("set"));

      assertThat(set.isComplete()).isTrue();
      assertThat(peers).allSatisfy(peer -> assertThat(get(peer, key)).isEqualTo("set"));
      assertThat(VersionedApp.loads(key)).isEqualTo(1);
    }
  }

  @Test
  void withoutAProofNoValueCanBeSet() {
    start();

    assertThatThrownBy(() -> group(peers.get(0), "versions").set("k", ByteView.of("v")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("groupcache.security.shared-secret");
  }

  @Test
  void timesTravelWithValues() {
    start();
    for (int i = 0; i < 50; i++) {
      String key = "k" + i;
      for (RunningApp peer : peers) {
        GetResult result = group(peer, "timed").getResult(GetContext.background(), key);

        assertThat(result.timeToLive().orElseThrow())
            .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(result.age().orElseThrow()).isLessThan(Duration.ofMinutes(1));
        assertThat(result.isStale()).isFalse();
      }
    }
  }

  private void start(String... properties) {
    ring = AppRing.start(3, VersionedApp.class, properties);
    peers = ring.peers();
    assertThat(peers.get(0).bean(HttpPool.class).peers()).hasSize(3);
  }

  private static Group group(RunningApp peer, String name) {
    return peer.bean(GroupCache.class).group(name);
  }

  private static String get(RunningApp peer, String key) {
    return group(peer, "versions").get(key, Sinks.string());
  }
}
