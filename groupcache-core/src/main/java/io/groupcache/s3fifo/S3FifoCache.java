package io.groupcache.s3fifo;

import io.groupcache.bounded.BoundedCache;
import io.groupcache.bounded.Entry;
import io.groupcache.bounded.EntryQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A cache that holds at most a number of bytes, and makes room as S3-FIFO does (Yang and others,
 * "FIFO queues are all you need for cache eviction", SOSP 2023): what comes in goes through a small
 * queue, a tenth of the bytes, and is evicted at its end unless it was read twice by then. What was
 * read, and what comes back soon after it was evicted, goes to the main queue, and once round again
 * for each of its last three reads. So what is asked for once, as by a scan, soon makes room.
 *
 * <p>Safe for use from many threads. Reading takes no lock, and counts up to three.
 *
 * @param <K> keys, with {@code equals} and {@code hashCode}
 * @param <V> values
 */
public final class S3FifoCache<K, V> extends BoundedCache<K, V> {

  private static final int SMALL_SHARE = 10;
  private static final int READS_TO_STAY = 2;
  private static final int MOST_READS = 3;

  // All guarded by the lock.
  private final EntryQueue<CountedEntry<K, V>> small = new EntryQueue<>();
  private final EntryQueue<CountedEntry<K, V>> main = new EntryQueue<>();
  private final GhostQueue ghosts = new GhostQueue();
  private long smallBytes;
  private int mainSize;

  /**
   * Makes an empty cache.
   *
   * @param maxBytes how many bytes it may hold
   * @throws IllegalArgumentException when {@code maxBytes} is negative
   */
  public S3FifoCache(long maxBytes) {
    this(maxBytes, new ReentrantLock());
  }

  /**
   * Makes an empty cache.
   *
   * @param maxBytes how many bytes it may hold
   * @param lock is held by whoever writes; caches that have it in common can be written as one
   * @throws IllegalArgumentException when {@code maxBytes} is negative
   */
  public S3FifoCache(long maxBytes, ReentrantLock lock) {
    super(maxBytes, lock);
  }

  @Override
  protected Entry<K, V> newEntry(K key, V value, int hash, long weight) {
    return new CountedEntry<>(key, value, hash, weight);
  }

  @Override
  protected void onRead(Entry<K, V> entry) {
    CountedEntry<K, V> read = (CountedEntry<K, V>) entry;
    byte reads = read.reads;
    if (reads < MOST_READS) {
      read.reads = (byte) (reads + 1);
    }
  }

  @Override
  protected void add(Entry<K, V> entry) {
    CountedEntry<K, V> added = (CountedEntry<K, V>) entry;
    if (ghosts.remove(added.hash(), mainSize)) {
      addToMain(added);
    } else {
      small.addLast(added);
      smallBytes += added.weight();
    }
  }

  @Override
  protected void remove(Entry<K, V> entry) {
    CountedEntry<K, V> removed = (CountedEntry<K, V>) entry;
    if (removed.inMain) {
      main.remove(removed);
      mainSize--;
    } else {
      removeFromSmall(removed);
    }
  }

  @Override
  protected @Nullable Entry<K, V> next() {
    // As many as there can be; a reader that is as fast might else keep an entry here for ever.
    int turns = MOST_READS * mainSize;
    while (true) {
      CountedEntry<K, V> oldest = small.first();
      if (oldest != null && (mainSize == 0 || smallBytes >= bytes() / SMALL_SHARE)) {
        if (oldest.reads < READS_TO_STAY) {
          return oldest;
        }
        oldest.reads = 0; // they have earned it the place
        removeFromSmall(oldest);
        addToMain(oldest);
        turns += MOST_READS;
      } else {
        CountedEntry<K, V> first = main.first();
        if (first == null || first.reads == 0 || turns-- == 0) {
          return first;
        }
        first.reads--;
        main.addLast(first);
      }
    }
  }

  @Override
  protected void onEviction(Entry<K, V> entry) {
    if (!((CountedEntry<K, V>) entry).inMain) {
      ghosts.add(entry.hash(), mainSize);
    }
  }

  private void addToMain(CountedEntry<K, V> entry) {
    entry.inMain = true;
    main.addLast(entry);
    mainSize++;
  }

  private void removeFromSmall(CountedEntry<K, V> entry) {
    small.remove(entry);
    smallBytes -= entry.weight();
  }

  private static final class CountedEntry<K, V> extends Entry<K, V> {

    /** Counts up to three; written without the lock as well, so that a read may be lost. */
    byte reads;

    boolean inMain;

    CountedEntry(K key, V value, int hash, long weight) {
      super(key, value, hash, weight);
    }
  }
}
