package io.groupcache.lru;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A cache that holds at most a number of bytes, and makes room by evicting what was used least
 * recently.
 *
 * <p>Safe for use from many threads. Reading takes no lock: a read is recorded, and the next writer
 * brings the order of use up to date. In a single thread the order is exact; under contention a
 * read may go unrecorded.
 *
 * @param <K> keys, with {@code equals} and {@code hashCode}
 * @param <V> values
 */
public final class LruCache<K, V> {

  private final long maxBytes;
  private final ToLongBiFunction<? super K, ? super V> weigher;
  private final ConcurrentHashMap<K, Entry<K, V>> entries = new ConcurrentHashMap<>();
  private final AccessLog<Entry<K, V>> reads = new AccessLog<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong evictions = new AtomicLong();

  /** Guards the order of use; everything but a read happens under it. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Both ends of the order of use: what follows is the oldest entry, what precedes the newest. */
  private final Link ends = new Link();

  /**
   * Makes an empty cache.
   *
   * @param maxBytes how many bytes it may hold
   * @param weigher the bytes of a key and its value, not negative; asked once, when they are put
   * @throws IllegalArgumentException when {@code maxBytes} is negative
   */
  public LruCache(long maxBytes, ToLongBiFunction<? super K, ? super V> weigher) {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("A cache can't hold " + maxBytes + " bytes");
    }
    this.maxBytes = maxBytes;
    this.weigher = weigher;
  }

  /** The value of {@code key}, which thereby is the one used last; null when it is not held. */
  public @Nullable V get(K key) {
    Entry<K, V> entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    if (!reads.record(entry) && lock.tryLock()) {
      try {
        applyReads();
        used(entry);
      } finally {
        lock.unlock();
      }
    }
    return entry.value;
  }

  /**
   * Holds {@code value} for {@code key}, in place of an older value, and evicts what has to leave
   * for it. A value that is larger than the whole cache is not held, and evicts nothing.
   *
   * @return whether the value is held now
   */
  public boolean put(K key, V value) {
    Entry<K, V> entry = new Entry<>(key, value, weigher.applyAsLong(key, value));
    if (entry.weight > maxBytes) {
      return false;
    }
    lock.lock();
    try {
      applyReads();
      Entry<K, V> old = entries.get(key);
      if (old != null) {
        leaveOrder(old); // and stays readable until its successor is there
      }
      while (bytes.get() + entry.weight > maxBytes) {
        evictFirst();
      }
      entries.put(key, entry);
      entry.moveBefore(ends);
      bytes.addAndGet(entry.weight);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Evicts what was used least recently; false when there is nothing to evict. */
  public boolean evictOldest() {
    lock.lock();
    try {
      applyReads();
      return evictFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything. What leaves this way is not counted as evicted. */
  public void clear() {
    lock.lock();
    try {
      applyReads();
      while (!ends.isAlone()) {
        remove(oldest());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The bytes that {@code key} and its value take here; 0 when it is not held. */
  public long bytesOf(K key) {
    Entry<K, V> entry = entries.get(key);
    return entry == null ? 0 : entry.weight;
  }

  /** The bytes of all keys and values held. */
  public long bytes() {
    return bytes.get();
  }

  /** The number of keys held. */
  public int size() {
    return entries.size();
  }

  /** How many keys have been evicted so far. */
  public long evictions() {
    return evictions.get();
  }

  private void applyReads() {
    reads.drainTo(this::used);
  }

  private void used(Entry<K, V> entry) {
    if (!entry.isAlone()) { // alone, it has left the cache since it was read
      entry.moveBefore(ends);
    }
  }

  private boolean evictFirst() {
    if (ends.isAlone()) {
      return false;
    }
    remove(oldest());
    evictions.incrementAndGet();
    return true;
  }

  private void remove(Entry<K, V> entry) {
    entries.remove(entry.key);
    leaveOrder(entry);
  }

  private void leaveOrder(Entry<K, V> entry) {
    entry.unlink();
    bytes.addAndGet(-entry.weight);
  }

  @SuppressWarnings("unchecked") // only entries of this cache are linked to its ends
  private Entry<K, V> oldest() {
    return (Entry<K, V>) ends.next();
  }

  private static final class Entry<K, V> extends Link {

    final K key;
    final V value;
    final long weight;

    Entry(K key, V value, long weight) {
      this.key = key;
      this.value = value;
      this.weight = weight;
    }
  }
}
