package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.groupcachepb.GetResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PromotionPolicyTests {

  private final List<Integer> bounds = new ArrayList<>();

  /** Draws 0, 1, 2 … and starts again at the bound. */
  private final RandomGenerator counting =
      new RandomGenerator() {
        @Override
        public int nextInt(int bound) {
          bounds.add(bound);
          return (bounds.size() - 1) % bound;
        }

        @Override
        public long nextLong() {
          throw new AssertionError("not drawn from");
        }
      };

  @Test
  void oneValueInTenIsMirrored() {
    FakePeer peer = FakePeer.answering(key -> "v");
    Group group =
        new GroupCache(peer.ownsAll(), PromotionPolicy.oneIn(10, counting))
            .newGroup("g", 1 << 20, CountingGetter.prefixing(""));

    for (int i = 0; i < 100; i++) {
      group.get("key-" + i);
    }

    assertThat(bounds).hasSize(100).containsOnly(10);
    assertThat(group.cacheStats(CacheType.HOT).items()).isEqualTo(10);
    assertThat(group.cacheStats(CacheType.MAIN).items()).isZero();
    assertThat(group.getResult(GetContext.background(), "key-0").source()).isEqualTo(Source.HOT);
    assertThat(group.getResult(GetContext.background(), "key-1").source()).isEqualTo(Source.PEER);
  }

  @Test
  void theDefaultMirrorsAboutOneValueInTen() {
    FakePeer peer = FakePeer.answering(key -> "v");
    Group group =
        new GroupCache(peer.ownsAll()).newGroup("g", 1 << 20, CountingGetter.prefixing(""));

    for (int i = 0; i < 10_000; i++) {
      group.get("key-" + i);
    }

    // 1000 expected, with a standard deviation of 30.
    assertThat(group.cacheStats(CacheType.HOT).items()).isBetween(700L, 1300L);
  }

  @Test
  void oneInOneMirrorsAll() {
    PromotionPolicy all = PromotionPolicy.oneIn(1);

    assertThat(all.promote("k", GetResponse.getDefaultInstance())).isTrue();
  }

  @Test
  void oneInNoneIsRefused() {
    assertThatThrownBy(() -> PromotionPolicy.oneIn(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
  }
}
