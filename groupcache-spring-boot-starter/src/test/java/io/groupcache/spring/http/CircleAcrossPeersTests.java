package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.groupcache.GetAllResult;
import io.groupcache.Group;
import io.groupcache.GroupCacheException;
import io.groupcache.spring.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys whose getters need keys of other peers: in a circle, which is refused, or in a line. */
@Timeout(60) // less than groupcache.timeout, which is 150 s here
class CircleAcrossPeersTests {

  /** Which key each needs. */
  private final Map<String, String> needs = new ConcurrentHashMap<>();

  @Test
  void aKeyThatNeedsItselfThroughAnotherPeerIsRefused() {
    try (LocalRing ring =
        LocalRing.start(2, this::loadWhatItNeeds, "groupcache.security.expose-messages=always")) {
      String a = ring.keyOf(0, "a");
      String b = ring.keyOf(1, "b");
      needs.putAll(Map.of(a, b, b, a));

      assertThatThrownBy(() -> ring.get(0, a))
          .isInstanceOf(GroupCacheException.class)
          .hasMessageContaining("waits for it");
      assertThatThrownBy(() -> ring.get(0, b)).isInstanceOf(GroupCacheException.class);

      awaitNoLoad(ring.group(0), a); // those in the circle fail one after the other
      awaitNoLoad(ring.group(1), b);
      needs.remove(b);
      assertThat(ring.get(0, a)).isEqualTo(a + b);
      assertThat(ring.get(1, a)).isEqualTo(a + b);
    }
  }

  @Test
  void aCircleThroughThreePeersIsRefusedWhereverItIsEntered() {
    try (LocalRing ring = LocalRing.start(3, this::loadWhatItNeeds)) {
      String a = ring.keyOf(0, "a");
      String b = ring.keyOf(1, "b");
      String c = ring.keyOf(2, "c");
      needs.putAll(Map.of(a, b, b, c, c, a));

      for (int peer = 0; peer < 3; peer++) {
        int asked = peer;
        assertThatThrownBy(() -> ring.get(asked, a)).isInstanceOf(GroupCacheException.class);
      }
    }
  }

  @Test
  void aCircleInAGetOfManyKeysIsRefused() {
    LocalRing.Loader manyAtATime =
        (ring, peer, key) -> {
          GetAllResult all = ring.group(peer).getAll(List.of(needs.get(key), key + "'"));
          if (!all.failures().isEmpty()) {
            throw all.failures().values().iterator().next();
          }
          return key;
        };
    try (LocalRing ring =
        LocalRing.start(
            2, (it, peer, key) -> needs.containsKey(key) ? manyAtATime.load(it, peer, key) : key)) {
      String a = ring.keyOf(0, "a");
      String b = ring.keyOf(1, "b");
      needs.putAll(Map.of(a, b, b, a));

      assertThat(ring.group(0).getAll(List.of(a, b)).failures()).containsOnlyKeys(a, b);
    }
  }

  @Test
  void keysThatBeganApartAndNeedEachOtherAreRefused() throws Exception {
    CyclicBarrier bothBegan = new CyclicBarrier(2);
    try (LocalRing ring =
        LocalRing.start(
            2,
            (it, peer, key) -> {
              bothBegan.await(20, TimeUnit.SECONDS);
              return loadWhatItNeeds(it, peer, key);
            })) {
      String a = ring.keyOf(0, "a");
      String b = ring.keyOf(1, "b");
      needs.putAll(Map.of(a, b, b, a));

      CompletableFuture<String> one = Threads.supply(() -> ring.get(0, a));
      CompletableFuture<String> other = Threads.supply(() -> ring.get(1, b));

      assertThatThrownBy(() -> one.get(40, TimeUnit.SECONDS))
          .hasCauseInstanceOf(GroupCacheException.class);
      assertThatThrownBy(() -> other.get(40, TimeUnit.SECONDS))
          .hasCauseInstanceOf(GroupCacheException.class);
    }
  }

  @Test
  void keysThatNeedOthersInALineAreThereHoweverLongItIs() throws Exception {
    int length = 150; // more than load at a time
    try (LocalRing ring =
        LocalRing.start(
            2,
            (it, peer, key) -> {
              String next = needs.get(key);
              GetAllResult all =
                  next == null ? null : it.group(peer).getAll(List.of(next, key + "'"));
              return all == null ? "end" : Objects.requireNonNull(all.get(next)).utf8();
            })) {
      Iterator<String> ofOne = ring.keysOf(0, "k").iterator();
      Iterator<String> ofOther = ring.keysOf(1, "k").iterator();
      List<String> line = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        line.add((i % 2 == 0 ? ofOne : ofOther).next());
      }
      for (int i = 1; i < length; i++) {
        needs.put(line.get(i - 1), line.get(i));
      }

      CompletableFuture<GetAllResult> one = Threads.supply(() -> ring.group(0).getAll(line));
      CompletableFuture<GetAllResult> other = Threads.supply(() -> ring.group(1).getAll(line));

      assertThat(one.get(50, TimeUnit.SECONDS).failures()).isEmpty();
      assertThat(other.get(50, TimeUnit.SECONDS).failures()).isEmpty();
    }
  }

  @Test
  void whatOneCallerWaitsForIsNoCircleOfAnotherKeyOfTheSameQuestion() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    try (LocalRing ring =
        LocalRing.start(
            2,
            (it, peer, key) -> {
              if (key.startsWith("b")) {
                open.await(30, TimeUnit.SECONDS);
              }
              return loadWhatItNeeds(it, peer, key);
            })) {
      String a = ring.keyOf(0, "a");
      String b1 = ring.keyOf(1, "b1");
      String b2 = ring.keyOf(1, "b2");
      needs.putAll(Map.of(a, b1, b2, a)); // b2 needs a, which needs b1

      CompletableFuture<GetAllResult> both =
          Threads.supply(() -> ring.group(0).getAll(List.of(b1, b2)));
      CompletableFuture<String> one = Threads.supply(() -> ring.get(0, a));
      awaitLoad(ring, b1);
      awaitLoad(ring, b2);
      open.countDown();

      assertThat(both.get(30, TimeUnit.SECONDS).failures()).isEmpty();
      assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(a + b1);
    }
  }

  private static void awaitLoad(LocalRing ring, String key) {
    await().atMost(Duration.ofSeconds(20)).until(() -> ring.group(1).isLoading(key));
  }

  private static void awaitNoLoad(Group group, String key) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !group.isLoading(key));
  }

  private String loadWhatItNeeds(LocalRing ring, int peer, String key) {
    String next = needs.get(key);
    return next == null ? key : key + ring.get(peer, next);
  }
}
