package io.groupcache.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.*;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What no get of a group can do, because it looks before it fills. */
@Timeout(30)
class CachePairTests {

  @ParameterizedTest
  @CsvSource({"MAIN, LRU", "HOT, LRU", "MAIN, S3_FIFO", "HOT, S3_FIFO"})
  void aValueThatIsReplacedMakesRoomForItsSuccessor(CacheType type, Eviction eviction) {
    CachePair caches = new CachePair(100, eviction, new LongAdder());
    caches.put(type, "k", value(59), 0);
    caches.put(type, "k", value(89), 0);
    assertThat(caches.stats(type, 0, 0)).isEqualTo(new CacheStats(90, 1, 0, 0, 0));

    caches.put(type, "k", value(9), 0);
    assertThat(caches.stats(type, 0, 0)).isEqualTo(new CacheStats(10, 1, 0, 0, 0));
  }

  @ParameterizedTest
  @EnumSource
  void aKeyMayBeInBothCachesAndCountsTwice(Eviction eviction) {
    CachePair caches = new CachePair(100, eviction, new LongAdder());
    caches.put(CacheType.MAIN, "k", value(49), 0);
    caches.put(CacheType.HOT, "k", value(49), 0);

    assertThat(caches.stats(CacheType.MAIN, 0, 0).bytes()).isEqualTo(50);
    assertThat(caches.stats(CacheType.HOT, 0, 0).bytes()).isEqualTo(50);
  }

  private static ByteView value(int length) {
    return ByteView.copyOf(new byte[length]);
  }
}
