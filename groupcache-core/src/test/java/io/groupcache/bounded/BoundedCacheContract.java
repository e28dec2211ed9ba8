package io.groupcache.bounded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every bounded cache does, whatever it evicts first. */
public abstract class BoundedCacheContract {

  /** Each entry weighs one. */
  private BoundedCache<String, String> twenty;

  /** An entry weighs what its value is long. */
  private BoundedCache<String, String> ten;

  @BeforeEach
  void makeCaches() {
    twenty = newCache(20);
    ten = newCache(10);
  }

  /** An empty cache. */
  protected abstract <K, V> BoundedCache<K, V> newCache(long maxBytes);

  @Test
  void whatWasPutIsThere() {
    assertThat(twenty.put("k", "v", 1)).isTrue();

    assertThat(twenty.get("k")).isEqualTo("v");
    assertThat(twenty.get("other")).isNull();
    assertThat(twenty.bytesOf("k")).isOne();
    assertThat(twenty.bytesOf("other")).isZero();
  }

  @Test
  void theFirstOfTwentyTwoAreEvictedFromTwenty() {
    fill(22);

    assertThat(twenty.size()).isEqualTo(20);
    assertThat(twenty.bytes()).isEqualTo(20);
    assertThat(twenty.evictions()).isEqualTo(2);
    assertThat(twenty.get("key-0")).isNull();
    assertThat(twenty.get("key-1")).isNull();
    for (int i = 2; i < 22; i++) {
      assertThat(twenty.get("key-" + i)).isEqualTo("value-" + i);
    }
  }

  @Test
  void replacingAValueAdjustsTheBytesBothWays() {
    ten.put("k", "123", 3);
    assertThat(ten.bytes()).isEqualTo(3);

    ten.put("k", "12345678", 8);
    assertThat(ten.bytes()).isEqualTo(8);
    assertThat(ten.get("k")).isEqualTo("12345678");

    ten.put("k", "1", 1);
    assertThat(ten.bytes()).isOne();
    assertThat(ten.bytesOf("k")).isOne();
    assertThat(ten.size()).isOne();
    assertThat(ten.evictions()).isZero();
  }

  @Test
  void aValueThatGrowsEvictsOthersAndNotItself() {
    ten.put("grows", "12", 2);
    ten.put("a", "1234", 4);
    ten.put("b", "1234", 4);

    ten.put("grows", "123456", 6);

    assertThat(ten.get("grows")).isEqualTo("123456");
    assertThat(ten.get("a")).isNull();
    assertThat(ten.get("b")).isEqualTo("1234");
    assertThat(ten.bytes()).isEqualTo(10);
    assertThat(ten.evictions()).isOne();
  }

  @Test
  void aValueLargerThanTheCacheIsNotHeldAndEvictsNothing() {
    ten.put("a", "12345", 5);
    ten.put("b", "12345", 5);

    assertThat(ten.put("huge", "12345678901", 11)).isFalse();

    assertThat(ten.get("huge")).isNull();
    assertThat(ten.get("a")).isNotNull();
    assertThat(ten.get("b")).isNotNull();
    assertThat(ten.evictions()).isZero();
  }

  @Test
  void aValueAsLargeAsTheCacheIsHeldAlone() {
    ten.put("a", "12345", 5);

    assertThat(ten.put("all", "1234567890", 10)).isTrue();

    assertThat(ten.get("a")).isNull();
    assertThat(ten.bytes()).isEqualTo(10);
    assertThat(ten.size()).isOne();
  }

  @Test
  void evictingCountsUntilNothingIsLeft() {
    fill(2);

    assertThat(twenty.evictNext()).isTrue();
    assertThat(twenty.get("key-0")).isNull();
    assertThat(twenty.evictNext()).isTrue();
    assertThat(twenty.evictNext()).isFalse();

    assertThat(twenty.evictions()).isEqualTo(2);
    assertThat(twenty.bytes()).isZero();
  }

  @Test
  void aClearedCacheIsEmptyAndUsableAndHasEvictedNothing() {
    fill(20);
    assertThat(twenty.get("key-3")).isNotNull();

    twenty.clear();

    assertThat(twenty.size()).isZero();
    assertThat(twenty.bytes()).isZero();
    assertThat(twenty.evictions()).isZero();
    assertThat(twenty.get("key-3")).isNull();
    fill(22);
    assertThat(twenty.size()).isEqualTo(20);
  }

  @Test
  void aReadOfWhatHasLeftSinceDoesNotBringItBack() {
    twenty.put("k", "v", 1);
    assertThat(twenty.get("k")).isNotNull(); // remembered, and not yet applied
    twenty.put("k", "w", 1);

    assertThat(twenty.get("k")).isEqualTo("w");
    assertThat(twenty.evictNext()).isTrue();
    assertThat(twenty.evictNext()).isFalse();
    assertThat(twenty.bytes()).isZero();
  }

  @Test
  void aCacheGrowsToManyEntriesAndFindsThemAll() {
    BoundedCache<Integer, Integer> many = newCache(100_000);
    for (int i = 0; i < 100_000; i++) {
      many.put(i, -i, 1);
    }

    assertThat(many.size()).isEqualTo(100_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(many.get(i)).isEqualTo(-i);
    }
    assertThat(many.get(100_000)).isNull();
  }

  @Test
  void keysOfOneHashAreToldApart() {
    BoundedCache<Twin, Integer> twins = newCache(100);
    for (int i = 0; i < 32; i++) {
      twins.put(new Twin(i), i, 1);
    }
    for (int i = 0; i < 32; i += 2) {
      twins.put(new Twin(i), -i, 2);
    }

    for (int i = 0; i < 32; i++) {
      assertThat(twins.get(new Twin(i))).isEqualTo(i % 2 == 0 ? -i : i);
    }
    assertThat(twins.get(new Twin(32))).isNull();
    assertThat(twins.bytes()).isEqualTo(48);
    assertThat(twins.evictions()).isZero();
  }

  @Test
  void ofAFloodOfKeysOfOneHashAFewAreHeld() {
    BoundedCache<Twin, Integer> twins = newCache(1000);
    for (int i = 0; i < 500; i++) {
      twins.put(new Twin(i), i, 1);
    }

    assertThat(twins.size()).isEqualTo(32);
    assertThat(twins.bytes()).isEqualTo(32);
    assertThat(twins.evictions()).isEqualTo(468);
    for (int i = 0; i < 500; i++) {
      assertThat(twins.get(new Twin(i)) == null).isEqualTo(i < 468);
    }
  }

  @Test
  void aCacheOfNegativeSizeIsRefused() {
    assertThatThrownBy(() -> newCache(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  private void fill(int count) {
    for (int i = 0; i < count; i++) {
      twenty.put("key-" + i, "value-" + i, 1);
    }
  }

  private record Twin(int number) {

    @Override
    public int hashCode() {
      return 7;
    }
  }
}
