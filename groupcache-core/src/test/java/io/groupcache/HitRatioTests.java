package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.groupcache.bounded.BoundedCache;
import io.groupcache.lru.LruCache;
import io.groupcache.s3fifo.S3FifoCache;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How often each policy has what it is asked for, on made-up accesses that are the same each time.
 */
@Timeout(60)
class HitRatioTests {

  private static final int CAPACITY = 1000;
  private static final int ACCESSES = 300_000;

  @Test
  void ourLruIsAsGoodAsOneThatOrdersEachReadAtOnce() {
    int[] accesses = popularKeys();

    assertThat(percent(new LruCache<>(CAPACITY), accesses))
        .isCloseTo(percentOfExactLru(accesses), within(0.5));
  }

  @Test
  void ourLruIsAsGoodWhereKeysOfAWhileGoOutOfUse() {
    int[] accesses = popularKeys();
    for (int i = 0; i < ACCESSES; i++) {
      accesses[i] += i / 100; // what is popular moves on
    }

    assertThat(percent(new LruCache<>(CAPACITY), accesses))
        .isCloseTo(percentOfExactLru(accesses), within(0.5));
  }

  @Test
  void s3FifoIsBetterThanLruWhereScansComeBetween() {
    int[] accesses = popularKeys();
    for (int i = 0; i < ACCESSES; i++) {
      accesses[i] = i % 5000 < 2000 ? 1_000_000 + i : accesses[i]; // 2,000 keys that come once
    }

    assertThat(percent(new S3FifoCache<>(CAPACITY), accesses))
        .isGreaterThan(percent(new LruCache<>(CAPACITY), accesses) + 3);
  }

  /** Some keys are asked for far more often than others. */
  private static int[] popularKeys() {
    SplittableRandom random = new SplittableRandom(8);
    int[] accesses = new int[ACCESSES];
    for (int i = 0; i < ACCESSES; i++) {
      accesses[i] = (int) (3 * Math.pow(10_000, random.nextDouble()));
    }
    return accesses;
  }

  private static double percent(BoundedCache<Integer, Integer> cache, int[] accesses) {
    int hits = 0;
    for (int key : accesses) {
      if (cache.get(key) != null) {
        hits++;
      } else {
        cache.put(key, key, 1);
      }
    }
    return 100.0 * hits / accesses.length;
  }

  private static double percentOfExactLru(int[] accesses) {
    Map<Integer, Integer> exact =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
            return size() > CAPACITY;
          }
        };
    int hits = 0;
    for (int key : accesses) {
      if (exact.get(key) != null) {
        hits++;
      } else {
        exact.put(key, key);
      }
    }
    return 100.0 * hits / accesses.length;
  }
}
