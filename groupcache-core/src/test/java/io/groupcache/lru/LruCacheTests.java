package io.groupcache.lru;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.bounded.BoundedCache;
import io.groupcache.bounded.BoundedCacheContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LruCacheTests extends BoundedCacheContract {

  private final LruCache<String, String> full = new LruCache<>(20);

  @Override
  protected <K, V> BoundedCache<K, V> newCache(long maxBytes) {
    return new LruCache<>(maxBytes);
  }

  @BeforeEach
  void fill() {
    for (int i = 0; i < 20; i++) {
      full.put("key-" + i, "value-" + i, 1);
    }
  }

  @Test
  void whatIsReadStays() {
    assertThat(full.get("key-0")).isNotNull();
    full.put("new", "v", 1);

    assertThat(full.get("key-0")).isNotNull();
    assertThat(full.get("key-1")).isNull();
  }

  @Test
  void theOrderIsExactAfterMoreReadsThanAreRemembered() {
    for (int round = 0; round < 100; round++) {
      for (int i = 19; i >= 0; i--) {
        assertThat(full.get("key-" + i)).isNotNull();
      }
    }

    for (int i = 19; i >= 0; i--) {
      assertThat(full.evictNext()).isTrue();
      assertThat(full.bytesOf("key-" + i)).isZero();
    }
    assertThat(full.size()).isZero();
  }

  @Test
  void whatIsPutAgainIsTheNewest() {
    full.put("key-0", "again", 1);
    full.put("new", "v", 1);

    assertThat(full.get("key-0")).isEqualTo("again");
    assertThat(full.get("key-1")).isNull();
    assertThat(full.size()).isEqualTo(20);
  }

  /** With many entries not every read is recorded: as often as it takes for an entry to stay. */
  @Test
  void ofManyEntriesTheOnesThatAreReadStay() {
    LruCache<Integer, Integer> many = new LruCache<>(1000);
    for (int i = 0; i < 100_000; i++) {
      many.put(i, i, 1);
      for (int read = 0; read < 100; read++) {
        assertThat(many.get(read) == null).isEqualTo(read > i);
      }
    }

    assertThat(many.evictions()).isEqualTo(99_000);
  }
}
