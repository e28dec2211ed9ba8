package io.groupcache.lru;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Background;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LruCacheContentionTests {

  private static final int LIMIT = 400; // fewer than 64 entries, so that their order is exact
  private static final int KEYS = 200;

  private final LruCache<Integer, String> cache = new LruCache<>(LIMIT);

  @Test
  void manyThreadsLeaveASoundOrder() throws Exception {
    List<Background<Integer>> users = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      users.add(Background.run(() -> use(random)));
    }
    for (Background<Integer> user : users) {
      assertThat(user.get()).isPositive();
    }

    assertOrderIsSound(cache.size());
  }

  private int use(SplittableRandom random) {
    int puts = 0;
    for (int i = 0; i < 100_000; i++) {
      int key = random.nextInt(KEYS);
      String value = cache.get(key);
      if (value == null || random.nextInt(50) == 0) {
        int length = 1 + random.nextInt(20);
        cache.put(key, String.valueOf(key % 10).repeat(length), length);
        puts++;
      } else {
        assertThat(value.charAt(0)).isEqualTo((char) ('0' + key % 10));
      }
    }
    return puts;
  }

  /** Every entry can be evicted, once, in the order in which this thread now reads them. */
  private void assertOrderIsSound(int held) {
    assertThat(cache.evictNext()).isTrue(); // applies what the other threads have read
    List<Integer> readLast = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      if (cache.get(key) != null) {
        readLast.add(key);
      }
    }
    for (int key : readLast) {
      assertThat(cache.evictNext()).isTrue();
      assertThat(cache.bytesOf(key)).isZero();
    }
    assertThat(readLast).hasSize(held - 1);
    assertThat(cache.evictNext()).isFalse();
    assertThat(cache.size()).isZero();
    assertThat(cache.bytes()).isZero();
  }
}
