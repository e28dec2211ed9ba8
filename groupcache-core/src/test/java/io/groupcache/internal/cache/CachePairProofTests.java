package io.groupcache.internal.cache;

import io.groupcache.*;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writers of a group's two caches: the bytes of both together are those of one after the other. */
@Timeout(1200)
class CachePairProofTests {

  private static final int LIMIT = 12;

  private final Proof proof =
      new Proof(Caches.class)
          .before("putMain", "a", 4)
          .before("putHot", "b", 1)
          .after("countsWhatItHolds")
          .after("contents");

  @Test
  void bothCachesFillUpAtOnce() {
    proof
        .thread(proof.call("putMain", "c", 6))
        .thread(proof.call("putHot", "d", 4), proof.call("putHot", "e", 1))
        .thread(proof.call("isWithinItsLimit"))
        .check();
  }

  @Test
  void theSameKeyIsReplacedInBothAtOnce() {
    proof
        .thread(proof.call("putMain", "a", 2), proof.call("putMain", "a", 9))
        .thread(proof.call("putHot", "b", 3), proof.call("putMain", "b", 5))
        .check();
  }

  @Test
  void whatIsTooLargeChangesNothing() {
    proof
        .thread(proof.call("putMain", "c", LIMIT), proof.call("putHot", "c", LIMIT))
        .thread(proof.call("putMain", "d", 7))
        .thread(proof.call("isWithinItsLimit"))
        .check();
  }

  @Test
  void closedCachesStayEmptyWhoeverPuts() {
    proof
        .thread(proof.call("putMain", "c", 2), proof.call("putHot", "d", 1))
        .thread(proof.call("close"), proof.call("contents"))
        .check();
  }

  /** Both caches, in which a key and its value weigh one more than the value is long. */
  public static class Caches {

    private static final String[] KEYS = {"a", "b", "c", "d", "e"};

    private final CachePair caches = new CachePair(LIMIT, Eviction.LRU, new LongAdder());

    public void putMain(String key, int length) {
      caches.put(CacheType.MAIN, key, ByteView.of("v".repeat(length)), 0);
    }

    public void putHot(String key, int length) {
      caches.put(CacheType.HOT, key, ByteView.of("v".repeat(length)), 0);
    }

    public void close() {
      caches.close();
    }

    /** Where the main cache was the same before and after, what both had is known exactly. */
    public boolean isWithinItsLimit() {
      CacheStats before = stats(CacheType.MAIN);
      CacheStats hot = stats(CacheType.HOT);
      CacheStats after = stats(CacheType.MAIN);
      boolean unchanged =
          before.bytes() == after.bytes() && before.evictions() == after.evictions();
      return before.bytes() <= LIMIT
          && hot.bytes() <= LIMIT
          && (!unchanged || before.bytes() + hot.bytes() <= LIMIT);
    }

    public boolean countsWhatItHolds() {
      for (CacheType type : CacheType.values()) {
        long bytes = 0;
        long items = 0;
        for (String key : KEYS) {
          Object value = type == CacheType.MAIN ? caches.findInMain(key) : caches.findInHot(key);
          if (value != null) {
            bytes += 1 + ((ByteView) value).length();
            items++;
          }
        }
        CacheStats stats = stats(type);
        if (stats.bytes() != bytes || stats.items() != items) {
          return false;
        }
      }
      return stats(CacheType.MAIN).bytes() + stats(CacheType.HOT).bytes() <= LIMIT;
    }

    public String contents() {
      StringBuilder all = new StringBuilder();
      for (CacheType type : CacheType.values()) {
        all.append(stats(type));
        for (String key : KEYS) {
          Object value = type == CacheType.MAIN ? caches.findInMain(key) : caches.findInHot(key);
          all.append(' ').append(key).append(value == null ? "-" : ((ByteView) value).length());
        }
      }
      return all.toString();
    }

    private CacheStats stats(CacheType type) {
      return caches.stats(type, 0, 0);
    }
  }
}
