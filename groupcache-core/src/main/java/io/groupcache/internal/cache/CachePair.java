package io.groupcache.internal.cache;

import io.groupcache.ByteView;
import io.groupcache.CacheStats;
import io.groupcache.CacheType;
import io.groupcache.Eviction;
import io.groupcache.GetResult;
import io.groupcache.Source;
import io.groupcache.bounded.BoundedCache;
import io.groupcache.internal.Utf8;
import io.groupcache.lru.LruCache;
import io.groupcache.s3fifo.S3FifoCache;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A group's main and hot cache, and the one limit that they share. Reading takes no lock. */
public final class CachePair {

  private final long maxBytes;
  private final BoundedCache<String, ByteView> main;
  private final BoundedCache<String, ByteView> hot;

  /**
   * Of both caches: held while a value comes in, so that the sum never exceeds the limit, not even
   * for a moment.
   */
  private final ReentrantLock filling = new ReentrantLock();

  private boolean closed; // guarded by the lock

  /** Makes empty caches that hold at most so many bytes together. */
  public CachePair(long maxBytes, Eviction eviction) {
    this.maxBytes = maxBytes;
    this.main = newCache(eviction);
    this.hot = newCache(eviction);
  }

  /** The value that a cache holds; null when it holds none. */
  public @Nullable ByteView get(CacheType type, String key) {
    return cache(type).get(key);
  }

  /**
   * Looks once more, in a flight: single flight merges only loads that overlap, so another load may
   * have filled the cache between a get's look and its flight. Not counted: it is the same get.
   */
  public @Nullable GetResult lookAgain(String key) {
    ByteView held = main.get(key);
    if (held != null) {
      return new GetResult(held, Source.MAIN);
    }
    ByteView mirrored = hot.get(key);
    return mirrored == null ? null : new GetResult(mirrored, Source.HOT);
  }

  /** Holds a value, if there is room for it. */
  public void put(CacheType type, String key, ByteView value) {
    long weight = weigh(key, value);
    if (weight > maxBytes || maxBytes == 0) { // at no bytes, not even what weighs nothing
      return;
    }
    filling.lock();
    try {
      if (closed || (type == CacheType.HOT && isTooLargeToMirror(weight))) {
        return;
      }
      makeRoom(type, key, weight);
      cache(type).put(key, value, weight);
    } finally {
      filling.unlock();
    }
  }

  /** Forgets everything, and holds nothing from now on. */
  public void close() {
    filling.lock();
    try {
      closed = true;
      main.clear();
      hot.clear();
    } finally {
      filling.unlock();
    }
  }

  /** What the cache holds now, with counts of gets and hits that others keep. */
  public CacheStats stats(CacheType type, long gets, long hits) {
    BoundedCache<String, ByteView> cache = cache(type);
    return new CacheStats(cache.bytes(), cache.size(), gets, hits, cache.evictions());
  }

  /**
   * Whether a value would be the next to go, were it put into the hot cache: one that is large
   * beside what this peer owns.
   */
  private boolean isTooLargeToMirror(long weight) {
    return weight > main.bytes() / 8 && main.bytes() + weight > maxBytes;
  }

  /**
   * Evicts until a value of that weight fits in. As in the Go library the hot cache gives way when
   * it would have more than an eighth of the main cache's bytes, and the main cache else.
   */
  private void makeRoom(CacheType type, String key, long weight) {
    while (true) {
      long added = weight - cache(type).bytesOf(key);
      long mainBytes = main.bytes() + (type == CacheType.MAIN ? added : 0);
      long hotBytes = hot.bytes() + (type == CacheType.HOT ? added : 0);
      if (mainBytes + hotBytes <= maxBytes) {
        return;
      }
      boolean hotGives = hotBytes > mainBytes / 8;
      if (!(hotGives ? hot : main).evictNext()) {
        (hotGives ? main : hot).evictNext();
      }
    }
  }

  private BoundedCache<String, ByteView> newCache(Eviction eviction) {
    return switch (eviction) {
      case LRU -> new LruCache<>(maxBytes, filling);
      case S3_FIFO -> new S3FifoCache<>(maxBytes, filling);
    };
  }

  private BoundedCache<String, ByteView> cache(CacheType type) {
    return type == CacheType.MAIN ? main : hot;
  }

  private static long weigh(String key, ByteView value) {
    return (long) Utf8.length(key) + value.length();
  }
}
