package io.groupcache.bounded;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Background;
import io.groupcache.lru.LruCache;
import io.groupcache.s3fifo.S3FifoCache;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class BoundedCacheContentionTests {

  private static final int LIMIT = 1000;
  private static final int KEYS = 200;

  private final AtomicBoolean running = new AtomicBoolean(true);

  static Stream<BoundedCache<Integer, String>> caches() {
    return Stream.of(new LruCache<>(LIMIT), new S3FifoCache<>(LIMIT));
  }

  static Stream<BoundedCache<Integer, Integer>> largeCaches() {
    return Stream.of(new LruCache<>(1_000_000), new S3FifoCache<>(1_000_000));
  }

  @ParameterizedTest
  @MethodSource("caches")
  void manyThreadsLeaveASoundCacheWithinItsLimit(BoundedCache<Integer, String> cache)
      throws Exception {
    List<Background<Integer>> users = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      users.add(Background.run(() -> use(cache, random)));
    }
    Background<Long> sampler = Background.run(() -> highestBytes(cache));
    int puts = 0;
    for (Background<Integer> user : users) {
      puts += user.get();
    }
    running.set(false);

    assertThat(sampler.get()).isBetween(1L, (long) LIMIT);
    assertThat(cache.evictions()).isPositive().isLessThan(puts);
    long sum = 0;
    int held = 0;
    for (int key = 0; key < KEYS; key++) {
      String value = cache.get(key);
      sum += value == null ? 0 : value.length();
      held += value == null ? 0 : 1;
    }
    assertThat(cache.bytes()).isEqualTo(sum);
    assertThat(cache.size()).isEqualTo(held);
    for (int i = 0; i < held; i++) {
      assertThat(cache.evictNext()).isTrue();
    }
    assertThat(cache.evictNext()).isFalse();
    assertThat(cache.size()).isZero();
    assertThat(cache.bytes()).isZero();
  }

  @ParameterizedTest
  @MethodSource("caches")
  void aValueBeingReplacedIsReadableAllTheWhile(BoundedCache<Integer, String> cache)
      throws Exception {
    cache.put(1, "1", 1);
    Background<Integer> replacer =
        Background.run(() -> {
          for (int i = 0; i < 50_000; i++) {
            int length = 1 + i % 9;
            cache.put(1, "1".repeat(length), length);
          }
          running.set(false);
          return cache.size();
        });

    while (running.get()) {
      assertThat(cache.get(1)).isNotNull();
    }
    assertThat(replacer.get()).isOne();
  }

  /** A key that were not found for a moment would be loaded once more. */
  @ParameterizedTest
  @MethodSource("largeCaches")
  void whatIsHeldIsFoundWhileTheTableGrows(BoundedCache<Integer, Integer> cache) throws Exception {
    int sure = 10;
    for (int key = 0; key < sure; key++) {
      cache.put(key, key, 1);
    }
    Background<Integer> filler =
        Background.run(() -> {
          for (int key = sure; key < 300_000; key++) {
            cache.put(key, key, 1);
          }
          running.set(false);
          return cache.size();
        });

    while (running.get()) {
      for (int key = 0; key < sure; key++) {
        assertThat(cache.get(key)).isEqualTo(key);
      }
    }
    assertThat(filler.get()).isEqualTo(300_000);
  }

  private int use(BoundedCache<Integer, String> cache, SplittableRandom random) {
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

  private long highestBytes(BoundedCache<Integer, String> cache) {
    long highest = 0;
    while (running.get()) {
      highest = Math.max(highest, cache.bytes());
    }
    return Math.max(highest, cache.bytes());
  }
}
