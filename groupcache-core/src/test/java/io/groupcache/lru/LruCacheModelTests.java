package io.groupcache.lru;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In one thread the cache does exactly what a map in order of access does. */
@Timeout(60)
class LruCacheModelTests {

  private static final int LIMIT = 500;

  private final SplittableRandom random = new SplittableRandom(42);
  private final LruCache<Integer, String> cache = new LruCache<>(LIMIT);
  private final LinkedHashMap<Integer, String> model = new LinkedHashMap<>(16, 0.75f, true);
  private int evictions;

  @Test
  void anyRunOfCallsLeavesWhatTheModelHas() {
    for (int step = 0; step < 200_000; step++) {
      int key = random.nextInt(60);
      int what = random.nextInt(100);
      if (what < 80) {
        assertThat(cache.get(key)).isEqualTo(model.get(key));
      } else if (what < 98) {
        put(key, "v".repeat(random.nextInt(60)));
      } else {
        assertThat(cache.evictNext()).isEqualTo(!model.isEmpty());
        evictFromModel();
      }
      assertThat(cache.bytes()).isEqualTo(modelBytes()).isLessThanOrEqualTo(LIMIT);
    }

    assertThat(cache.size()).isEqualTo(model.size());
    assertThat(cache.evictions()).isEqualTo(evictions);
  }

  private void put(int key, String value) {
    assertThat(cache.put(key, value, value.length())).isTrue();
    model.remove(key);
    while (modelBytes() + value.length() > LIMIT) {
      evictFromModel();
    }
    model.put(key, value);
  }

  private void evictFromModel() {
    Iterator<Integer> oldestFirst = model.keySet().iterator();
    if (oldestFirst.hasNext()) {
      oldestFirst.next();
      oldestFirst.remove();
      evictions++;
    }
  }

  private int modelBytes() {
    return model.values().stream().mapToInt(String::length).sum();
  }
}
