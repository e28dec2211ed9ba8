package io.groupcache.bounded;

import org.jspecify.annotations.Nullable;

/**
 * Entries in a row, each in at most one queue. Guarded by the lock of the cache that it is part of.
 *
 * @param <E> the entries of an eviction policy
 */
public final class EntryQueue<E extends Entry<?, ?>> {

  /** Both ends: what follows is the first entry, what precedes it the last. */
  private final Link ends = new Link();

  /** Puts an entry at the end, from wherever it is. */
  public void addLast(E entry) {
    entry.moveBefore(ends);
  }

  /** Takes an entry out of the queue that it is in, if it is in one. */
  public void remove(E entry) {
    entry.unlink();
  }

  /** The entry at the front; null when there is none. */
  @SuppressWarnings("unchecked") // only entries of this type are linked to the ends
  public @Nullable E first() {
    return ends.isAlone() ? null : (E) ends.following();
  }
}
