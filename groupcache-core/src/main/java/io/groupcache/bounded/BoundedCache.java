package io.groupcache.bounded;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A cache that holds at most a number of bytes, and makes room by evicting what its policy, a
 * subclass, says.
 *
 * <p>Safe for use from many threads. Reading takes no lock and allocates nothing, and finds what is
 * held whatever is put or evicted meanwhile.
 *
 * @param <K> keys, with {@code equals} and {@code hashCode}
 * @param <V> values
 */
public abstract class BoundedCache<K, V> {

  private final long maxBytes;
  private final EntryTable<K, V> entries = new EntryTable<>();

  // Written under the lock only.
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong evictions = new AtomicLong();

  /** Guards the order in which entries leave; everything but a read happens under it. */
  private final ReentrantLock lock;

  /**
   * Makes an empty cache.
   *
   * @param maxBytes how many bytes it may hold
   * @param lock is held by whoever writes; caches that have it in common can be written as one
   * @throws IllegalArgumentException when {@code maxBytes} is negative
   */
  protected BoundedCache(long maxBytes, ReentrantLock lock) {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("A cache can't hold " + maxBytes + " bytes");
    }
    this.maxBytes = maxBytes;
    this.lock = lock;
  }

  /** The value of {@code key}, which the policy takes for used; null when it is not held. */
  public final @Nullable V get(K key) {
    Entry<K, V> entry = entries.find(key, EntryTable.hash(key));
    if (entry == null) {
      return null;
    }
    onRead(entry);
    return entry.value;
  }

  /**
   * Holds {@code value} for {@code key}, in place of an older value, and evicts what has to leave
   * for it. A value that is larger than the whole cache is not held, and evicts nothing.
   *
   * @param weight the bytes of key and value, not negative
   * @return whether the value is held now
   */
  public final boolean put(K key, V value, long weight) {
    if (weight > maxBytes) {
      return false;
    }
    int hash = EntryTable.hash(key);
    Entry<K, V> entry = newEntry(key, value, hash, weight);
    boolean locked = lock();
    try {
      applyReads();
      Entry<K, V> old = entries.find(key, hash);
      if (old != null) {
        leave(old); // and stays readable until its successor is there
      }
      boolean more = true;
      while (more && bytes.getPlain() + weight > maxBytes) {
        more = evict();
      }
      if (old != null) {
        entries.replace(old, entry);
      } else {
        addNew(entry);
      }
      add(entry);
      bytes.setRelease(bytes.getPlain() + weight);
      return true;
    } finally {
      unlock(locked);
    }
  }

  /** Evicts what is the next to leave; false when there is nothing to evict. */
  public final boolean evictNext() {
    boolean locked = lock();
    try {
      applyReads();
      return evict();
    } finally {
      unlock(locked);
    }
  }

  /** Forgets a key, if it is held. It is not counted as evicted. */
  public final void remove(K key) {
    boolean locked = lock();
    try {
      applyReads();
      Entry<K, V> entry = entries.find(key, EntryTable.hash(key));
      if (entry != null) {
        leave(entry);
        entries.remove(entry);
      }
    } finally {
      unlock(locked);
    }
  }

  /**
   * Shows {@code action} what is held, which is no use of it. Takes no lock: of what comes and goes
   * meanwhile it may see some.
   */
  public final void forEach(BiConsumer<? super K, ? super V> action) {
    entries.forEach(entry -> action.accept(entry.key, entry.value));
  }

  /** Forgets everything. What leaves this way is not counted as evicted. */
  public final void clear() {
    boolean locked = lock();
    try {
      applyReads();
      for (Entry<K, V> entry = next(); entry != null; entry = next()) {
        leave(entry);
        entries.remove(entry);
      }
    } finally {
      unlock(locked);
    }
  }

  /** The bytes that {@code key} and its value take here; 0 when it is not held. */
  public final long bytesOf(K key) {
    Entry<K, V> entry = entries.find(key, EntryTable.hash(key));
    return entry == null ? 0 : entry.weight;
  }

  /** The bytes of all keys and values held. */
  public final long bytes() {
    return bytes.get();
  }

  /** The number of keys held. */
  public final int size() {
    return entries.size();
  }

  /** How many keys have been evicted so far. */
  public final long evictions() {
    return evictions.get();
  }

  /** Makes an entry that knows what the policy wants to know of each. */
  protected abstract Entry<K, V> newEntry(K key, V value, int hash, long weight);

  /** Notices that an entry was read; it may have left meanwhile. Called without the lock. */
  protected abstract void onRead(Entry<K, V> entry);

  /** Brings the order up to date with what was read, before anything is done under the lock. */
  protected void applyReads() {}

  /** Takes an entry that has come in into the order in which entries leave. */
  protected abstract void add(Entry<K, V> entry);

  /** Takes an entry out of that order. */
  protected abstract void remove(Entry<K, V> entry);

  /** The entry, still in the order, that should leave next; null when there is none. */
  protected abstract @Nullable Entry<K, V> next();

  /** Notices that an entry, which is in no order any more, had to make room. */
  protected void onEviction(Entry<K, V> entry) {}

  /** Locks, unless this thread has done so: to count that it did so twice would take two fences. */
  private boolean lock() {
    if (lock.isHeldByCurrentThread()) {
      return false;
    }
    lock.lock();
    return true;
  }

  private void unlock(boolean locked) {
    if (locked) {
      lock.unlock();
    }
  }

  private void addNew(Entry<K, V> entry) {
    Entry<K, V> crowdedOut = entries.add(entry);
    if (crowdedOut != null) {
      evict(crowdedOut);
    }
  }

  private boolean evict() {
    Entry<K, V> next = next();
    if (next == null) {
      return false;
    }
    evict(next);
    return true;
  }

  private void evict(Entry<K, V> entry) {
    leave(entry);
    entries.remove(entry);
    evictions.setRelease(evictions.getPlain() + 1);
    onEviction(entry);
  }

  private void leave(Entry<K, V> entry) {
    remove(entry);
    bytes.setRelease(bytes.getPlain() - entry.weight);
  }
}
