package io.groupcache.internal.cache;

import io.groupcache.ByteView;
import io.groupcache.CacheStats;
import io.groupcache.CacheType;
import io.groupcache.Eviction;
import io.groupcache.Source;
import io.groupcache.bounded.BoundedCache;
import io.groupcache.internal.Utf8;
import io.groupcache.lru.LruCache;
import io.groupcache.s3fifo.S3FifoCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A group's main and hot cache, and the one limit that they share: the one place where values come
 * in. A value with times is a {@link Held}. Reading takes no lock.
 */
public final class CachePair {

  private final long maxBytes;
  private final BoundedCache<String, ByteView> main;
  private final BoundedCache<String, ByteView> hot;

  /** The main cache, or while it is hidden another, which is empty. */
  private volatile BoundedCache<String, ByteView> visibleMain;

  /**
   * Of both caches: held while a value comes in, so that the sum never exceeds the limit, not even
   * for a moment.
   */
  private final ReentrantLock filling = new ReentrantLock();

  private final Fence fence = new Fence();
  private final LongAdder expirations;
  private boolean keeps = true; // guarded by the lock
  private boolean closed; // guarded by the lock
  private volatile boolean timed;

  /** Makes empty caches that hold at most so many bytes together, and count what expires. */
  public CachePair(long maxBytes, Eviction eviction, LongAdder expirations) {
    this.maxBytes = maxBytes;
    this.main = newCache(eviction);
    this.hot = newCache(eviction);
    this.visibleMain = main;
    this.expirations = expirations;
  }

  /** What the main cache holds, whatever its time; null when it holds nothing of the key. */
  public @Nullable ByteView findInMain(String key) {
    return visibleMain.get(key);
  }

  /** What the hot cache holds, whatever its time; null when it holds nothing of the key. */
  public @Nullable ByteView findInHot(String key) {
    return isHidden() ? null : hot.get(key);
  }

  /**
   * Looks once more, in a flight: single flight merges only loads that overlap, so another load may
   * have filled the cache between a get's look and its flight. Not counted: it is the same get.
   */
  public @Nullable Found lookAgain(String key) {
    Found held = usable(findInMain(key), Source.MAIN);
    return held != null ? held : usable(findInHot(key), Source.HOT);
  }

  /**
   * What may still be served of a key whose getter has failed; null where there is nothing.
   *
   * @param staleTime how long beyond its time a value serves there
   */
  public @Nullable Found findStale(String key, long staleTime) {
    Found held = stale(findInMain(key), Source.MAIN, staleTime);
    return held != null ? held : stale(findInHot(key), Source.HOT, staleTime);
  }

  /** What {@link #put} wants to see, taken before the load of the key begins. */
  public long ticket(String key) {
    return fence.ticket(key);
  }

  /**
   * Holds what was loaded, if there is room for it, and unless the key was changed since its load
   * began.
   *
   * @param ticket taken before the load began
   */
  public void put(CacheType type, String key, ByteView held, long ticket) {
    long weight = (long) Utf8.length(key) + held.length();
    if (maxBytes == 0) { // not even what weighs nothing
      return;
    }
    filling.lock();
    try {
      if (closed || !keeps || !fence.isGood(key, ticket)) {
        return;
      }
      if (weight > maxBytes
          || (type == CacheType.HOT && isTooLargeToMirror(weight))
          || (held instanceof Held given && given.hasNoTime())) {
        remove(cache(type), key); // what it replaces
        return;
      }
      if (!timed && held instanceof Held) {
        timed = true;
      }
      if (timed) {
        countIfExpired(cache(type).get(key));
      }
      makeRoom(type, key, weight);
      cache(type).put(key, held, weight);
    } finally {
      filling.unlock();
    }
  }

  /** Forgets a key whose getter says that it is not there, unless it was changed since. */
  public void remove(String key, long ticket) {
    filling.lock();
    try {
      if (fence.isGood(key, ticket)) {
        remove(main, key);
        remove(hot, key);
      }
    } finally {
      filling.unlock();
    }
  }

  /**
   * The key has changed: forgets it, unless it has been set since, and keeps nothing of it whose
   * load has begun.
   */
  public void change(String key, Version change) {
    filling.lock();
    try {
      fence.voidTickets(key);
      if (!(main.get(key) instanceof Held held && held.isSetSince(change))) {
        main.remove(key);
      }
      hot.remove(key);
    } finally {
      filling.unlock();
    }
  }

  /**
   * The key has changed, to this: see {@link #change}.
   *
   * @param isLatest whether nothing later is known of the key; asked where no other change of it
   *     comes in between
   */
  public void set(String key, Held held, Version change, BooleanSupplier isLatest) {
    filling.lock();
    try {
      change(key, change);
      if (isLatest.getAsBoolean()) {
        put(CacheType.MAIN, key, held, ticket(key));
      }
    } finally {
      filling.unlock();
    }
  }

  /** All keys have changed: forgets them, and keeps nothing whose load has begun. */
  public void changeAll() {
    filling.lock();
    try {
      fence.voidAll();
      main.clear();
      hot.clear();
    } finally {
      filling.unlock();
    }
  }

  /** Says whether anything is kept from now on; in the beginning it is. */
  public void keep(boolean keeps) {
    filling.lock();
    try {
      this.keeps = keeps;
    } finally {
      filling.unlock();
    }
  }

  /** Hides what is held until it is shown again. */
  public void hide() {
    visibleMain = new LruCache<>(0);
  }

  /** Shows what is held. */
  public void show() {
    visibleMain = main;
  }

  /** Whether what is held is hidden. */
  @SuppressWarnings("ReferenceEquality") // it is that cache or another
  public boolean isHidden() {
    return visibleMain != main;
  }

  /** Whether a value with times has ever been held. */
  public boolean isTimed() {
    return timed;
  }

  /**
   * Forgets what is of no use any more because its time is up.
   *
   * @param staleTime how long beyond its time a value serves where the getter fails
   */
  public void sweep(long staleTime) {
    if (timed) {
      removeIf(CacheType.MAIN, (key, held) -> isOver(held, staleTime));
      removeIf(CacheType.HOT, (key, held) -> isOver(held, staleTime));
    }
  }

  /** Forgets keys of one cache. */
  public void removeIf(CacheType type, BiPredicate<String, ByteView> condition) {
    BoundedCache<String, ByteView> cache = cache(type);
    List<String> found = new ArrayList<>();
    cache.forEach((key, held) -> {
      if (condition.test(key, held)) {
        found.add(key);
      }
    });
    for (String key : found) {
      filling.lock(); // for each anew: others want to come in, too
      try {
        ByteView held = cache.get(key);
        if (held != null && condition.test(key, held)) {
          remove(cache, key);
        }
      } finally {
        filling.unlock();
      }
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

  private static @Nullable Found usable(@Nullable ByteView held, Source source) {
    return held == null || (held instanceof Held timed && (timed.isNotFound() || timed.isExpired()))
        ? null
        : new Found(held, source);
  }

  private static @Nullable Found stale(@Nullable ByteView held, Source source, long staleTime) {
    return held instanceof Held timed
            && !timed.isNotFound()
            && timed.isExpired()
            && !timed.isOver(staleTime)
        ? new Found(timed, source, true)
        : null;
  }

  private void remove(BoundedCache<String, ByteView> cache, String key) {
    if (timed) {
      countIfExpired(cache.get(key));
    }
    cache.remove(key);
  }

  private void countIfExpired(@Nullable ByteView held) {
    if (held instanceof Held old && old.isExpired()) {
      expirations.increment();
    }
  }

  private static boolean isOver(ByteView held, long staleTime) {
    return held instanceof Held timed && timed.isOver(staleTime);
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
}
