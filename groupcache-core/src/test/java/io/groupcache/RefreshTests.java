package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A value that is due is given at once, and its owner loads it anew. */
@Timeout(60)
class RefreshTests {

  private static final GroupOptions DUE_AT_ONCE =
      GroupOptions.ofCacheBytes(1000).withRefreshAfter(Duration.ofNanos(1));

  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void aGetOfAValueThatIsDueDoesNotWaitForTheNewOne() {
    CountDownLatch go = new CountDownLatch(1);
    try (RingOfPeers ring = RingOfPeers.of("a")) {
      Group group = ring.groups(DUE_AT_ONCE, numbering(go)).get(0);
      group.get("k");

      assertThat(group.get("k", Sinks.string())).isEqualTo("1");
      assertThat(group.get("k", Sinks.string())).isEqualTo("1");
      go.countDown();

      Eventually.holds(() -> group.stats().refreshes() == 1);
      assertThat(group.get("k", Sinks.string())).isEqualTo("2");
    }
  }

  @Test
  void howeverManyPeersHoldAValueThatIsDueItsOwnerLoadsItOnce() {
    CountDownLatch go = new CountDownLatch(1);
    try (RingOfPeers ring = RingOfPeers.of("a", "b", "c")) {
      List<Group> groups = ring.groups(DUE_AT_ONCE, numbering(go));
      String key = ring.keyOf("a");
      groups.forEach(group -> group.get(key));

      groups.forEach(group -> group.get(key));
      go.countDown();

      Eventually.holds(() -> groups.get(0).stats().refreshes() == 1);
      assertThat(loads.get()).isEqualTo(2);
      assertThat(groups.get(1).stats().loadsLocal()).isZero();
      assertThat(groups.get(2).stats().loadsLocal()).isZero();
    }
  }

  @Test
  void aMirroredValueThatIsDueIsAskedForAndNotLoadedHere() {
    try (RingOfPeers ring = RingOfPeers.of("a", "b")) {
      List<Group> groups =
          ring.groups(
              GroupOptions.ofCacheBytes(1000).withRefreshAfter(Duration.ofMillis(1)),
              numbering(new CountDownLatch(0)));
      Group mirror = groups.get(1);
      String key = ring.keyOf("a");
      mirror.get(key);

      Eventually.holds(() -> {
        mirror.get(key);
        return ring.way("b", "a").gets() >= 2;
      });

      assertThat(mirror.stats().loadsLocal()).isZero();
    }
  }

  @Test
  void whereARefreshFailsTheValueServesOnAndItIsTriedAgainAfterAPause() {
    try (RingOfPeers ring = RingOfPeers.of("a")) {
      Group group =
          ring.groups(
                  DUE_AT_ONCE,
                  (context, key, dest) -> {
                    if (loads.incrementAndGet() > 1) {
                      throw new IllegalStateException("down");
                    }
                    dest.setString("v");
                  })
              .get(0);
      group.get("k");
      group.get("k");
      Eventually.holds(() -> group.stats().refreshErrors() == 1);
      long failedAt = System.nanoTime();

      for (int i = 0; i < 100; i++) {
        assertThat(group.get("k", Sinks.string())).isEqualTo("v");
      }
      boolean soon = System.nanoTime() - failedAt < 500_000_000L;
      assertThat(soon && loads.get() > 2).isFalse();

      Eventually.holds(() -> {
        group.get("k");
        return group.stats().refreshErrors() == 2;
      });
      assertThat(group.stats().refreshes()).isZero();
    }
  }

  @Test
  void aKeyThatARefreshDoesNotFindAnyMoreIsForgotten() {
    try (RingOfPeers ring = RingOfPeers.of("a", "b")) {
      List<Group> groups =
          ring.groups(
              DUE_AT_ONCE,
              (context, key, dest) -> {
                if (loads.incrementAndGet() > 1) {
                  throw new KeyNotFoundException(key);
                }
                dest.setString("v");
              });
      String key = ring.keyOf("a");
      groups.get(0).get(key);
      groups.get(1).get(key); // the owner's is due with this
      Eventually.holds(() -> groups.get(0).cacheStats(CacheType.MAIN).items() == 0);

      Eventually.holds(() -> {
        Group mirror = groups.get(1);
        return mirror.cacheStats(CacheType.HOT).items() == 0 || mirror.get(key).length() == 0;
      });
    }
  }

  @Test
  void aValueThatAnotherPeerOwnsNowIsRefreshedWhereItIsFound() {
    try (RingOfPeers ring = RingOfPeers.of("a", "b")) {
      List<Group> groups =
          ring.groups(
              GroupOptions.ofCacheBytes(1000).withRefreshAfter(Duration.ofMillis(1)),
              numbering(new CountDownLatch(0)));
      String key = ring.keyOf("b");
      ring.peer("a").sees("a");
      groups.get(0).get(key);
      ring.peer("a").sees("a", "b");

      Eventually.holds(() -> !groups.get(0).get(key, Sinks.string()).equals("1"));
    }
  }

  /** Gives the number of the load; all but the first wait. */
  private Getter numbering(CountDownLatch go) {
    return (context, key, dest) -> {
      int number = loads.incrementAndGet();
      if (number > 1) {
        Background.await(go);
      }
      dest.setString(String.valueOf(number));
    };
  }
}
