package io.groupcache.lru;

import io.groupcache.bounded.BoundedCache;
import io.groupcache.bounded.Entry;
import io.groupcache.bounded.EntryQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cache that holds at most a number of bytes, and makes room by evicting what was used least
 * recently.
 *
 * <p>Safe for use from many threads. Reading takes no lock: a read is recorded, and the next writer
 * brings the order of use up to date. An entry that was among the last used a moment ago is not
 * recorded again: time passes in entries that come in, and a moment is an eighth of those that
 * there are. With fewer than 64 entries, and in a single thread, the order is exact; under
 * contention a read may go unrecorded.
 *
 * @param <K> keys, with {@code equals} and {@code hashCode}
 * @param <V> values
 */
public final class LruCache<K, V> extends BoundedCache<K, V> {

  private static final int EXACT_BELOW = 64;

  private final AccessLog<UsedEntry<K, V>> reads = new AccessLog<>();
  private final Consumer<UsedEntry<K, V>> use = this::used;
  private final ReentrantLock lock;

  /** The order of use, oldest first. */
  private final EntryQueue<UsedEntry<K, V>> order = new EntryQueue<>();

  // Written under the lock; a reader may go by old ones.
  private int time;
  private int moment;

  /**
   * Makes an empty cache.
   *
   * @param maxBytes how many bytes it may hold
   * @throws IllegalArgumentException when {@code maxBytes} is negative
   */
  public LruCache(long maxBytes) {
    this(maxBytes, new ReentrantLock());
  }

  /**
   * Makes an empty cache.
   *
   * @param maxBytes how many bytes it may hold
   * @param lock is held by whoever writes; caches that have it in common can be written as one
   * @throws IllegalArgumentException when {@code maxBytes} is negative
   */
  public LruCache(long maxBytes, ReentrantLock lock) {
    super(maxBytes, lock);
    this.lock = lock;
  }

  @Override
  protected Entry<K, V> newEntry(K key, V value, int hash, long weight) {
    return new UsedEntry<>(key, value, hash, weight);
  }

  @Override
  protected void onRead(Entry<K, V> entry) {
    UsedEntry<K, V> read = (UsedEntry<K, V>) entry;
    if (time - read.lastUse >= moment) {
      record(read); // a method of its own keeps what a hit runs small
    }
  }

  @Override
  protected void applyReads() {
    reads.drainTo(use);
  }

  @Override
  protected void add(Entry<K, V> entry) {
    int size = size();
    moment = size < EXACT_BELOW ? 0 : size / 8;
    UsedEntry<K, V> added = (UsedEntry<K, V>) entry;
    added.lastUse = ++time;
    order.addLast(added);
  }

  @Override
  protected void remove(Entry<K, V> entry) {
    order.remove((UsedEntry<K, V>) entry);
  }

  @Override
  protected @Nullable Entry<K, V> next() {
    return order.first();
  }

  private void record(UsedEntry<K, V> read) {
    int now = time;
    if (reads.record(read)) {
      read.lastUse = now;
    } else {
      tryToApplyReads(read);
    }
  }

  /** Makes room in the log, unless somebody else is at it. */
  private void tryToApplyReads(UsedEntry<K, V> lastRead) {
    if (lock.tryLock()) {
      try {
        applyReads();
        used(lastRead);
      } finally {
        lock.unlock();
      }
    }
  }

  private void used(UsedEntry<K, V> entry) {
    if (entry.isQueued()) { // else it has left the cache since it was read
      entry.lastUse = time;
      order.addLast(entry);
    }
  }

  private static final class UsedEntry<K, V> extends Entry<K, V> {

    /** When it was used last, or some time before; written without the lock as well. */
    int lastUse;

    UsedEntry(K key, V value, int hash, long weight) {
      super(key, value, hash, weight);
    }
  }
}
