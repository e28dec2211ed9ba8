package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.internal.cache.Found;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two loads of one key that single flight can't merge, because one ends before the other starts.
 */
@Timeout(30)
class UnmergedLoadsTests {

  private final CountDownLatch firstIsDone = new CountDownLatch(1);
  private final AtomicInteger picks = new AtomicInteger();

  @Test
  void aKeyIsHeldOnceAndFilledOnce() throws Exception {
    CountingGetter getter = new CountingGetter((context, key, dest) -> dest.setString("testval"));
    // The second load has missed the cache, and stops before its flight.
    GroupCache groupCache =
        new GroupCache(key -> {
          if (picks.incrementAndGet() == 1) {
            Background.await(firstIsDone);
          }
          return null;
        });
    Group group = groupCache.newGroup("g", 1024, getter);

    Background<GetResult> late =
        Background.run(() -> group.getResult(GetContext.background(), "testkey")).awaitWaiting();
    assertThat(group.get("testkey", Sinks.string())).isEqualTo("testval");
    firstIsDone.countDown();

    assertThat(late.get()).isEqualTo(new Found(ByteView.of("testval"), Source.MAIN));
    assertThat(group.cacheStats(CacheType.MAIN).items()).isOne();
    assertThat(group.cacheStats(CacheType.MAIN).bytes()).isEqualTo(14);
    assertThat(getter.calls()).isOne();
    assertThat(Stats.of(group)).isEqualTo(new Stats(2, 0, 2, 1, 1, 0, 0, 0, 0));
  }

  @Test
  void aPeersKeyIsAskedForOnce() throws Exception {
    FakePeer peer = FakePeer.answering(key -> "testval");
    GroupCache groupCache =
        new GroupCache(
            key -> {
              if (picks.incrementAndGet() == 1) {
                Background.await(firstIsDone);
              }
              return peer;
            },
            (key, response) -> true);
    Group group = groupCache.newGroup("g", 1024, CountingGetter.prefixing(""));

    Background<GetResult> late =
        Background.run(() -> group.getResult(GetContext.background(), "testkey")).awaitWaiting();
    assertThat(group.get("testkey", Sinks.string())).isEqualTo("testval");
    firstIsDone.countDown();

    assertThat(late.get()).isEqualTo(new Found(ByteView.of("testval"), Source.HOT));
    assertThat(group.cacheStats(CacheType.HOT).items()).isOne();
    assertThat(group.cacheStats(CacheType.HOT).bytes()).isEqualTo(14);
    assertThat(peer.requests()).hasSize(1);
  }
}
