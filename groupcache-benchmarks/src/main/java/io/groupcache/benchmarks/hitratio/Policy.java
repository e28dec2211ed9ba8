package io.groupcache.benchmarks.hitratio;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.groupcache.bounded.BoundedCache;
import io.groupcache.lru.LruCache;
import io.groupcache.s3fifo.S3FifoCache;

/** What a cache does with one access; made anew for each trace and capacity. */
@FunctionalInterface
public interface Policy {

  /** Looks the key up, and puts it in when it is not there; says whether it was. */
  boolean access(Trace.Access access);

  /** Our LRU: the cache that a group has. */
  static Policy lru(long capacity) {
    return bounded(new LruCache<>(capacity));
  }

  /** Our S3-FIFO: the cache that a group has. */
  static Policy s3Fifo(long capacity) {
    return bounded(new S3FifoCache<>(capacity));
  }

  /** Caffeine, which does its maintenance at once here, as in its own simulator. */
  static Policy caffeine(long capacity) {
    Cache<Long, Integer> cache =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(capacity)
            .weigher((Long key, Integer bytes) -> bytes)
            .build();
    return access -> {
      boolean hit = cache.getIfPresent(access.key()) != null;
      if (!hit) {
        cache.put(access.key(), access.bytes());
      }
      cache.cleanUp();
      return hit;
    };
  }

  private static Policy bounded(BoundedCache<Long, Integer> cache) {
    return access -> {
      boolean hit = cache.get(access.key()) != null;
      if (!hit) {
        cache.put(access.key(), access.bytes(), access.bytes());
      }
      return hit;
    };
  }
}
