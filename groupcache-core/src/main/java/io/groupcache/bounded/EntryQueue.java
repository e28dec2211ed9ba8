package io.groupcache.bounded;

import org.jspecify.annotations.Nullable;

/**
 * Entries in a row, each in at most one queue. Guarded by the lock of the cache that it is part of.
 *
 * <p>A reference that is written to an old object costs the collector of garbage something, and
 * null does not: so the first entry has nobody before it, rather than the queue itself.
 *
 * @param <E> the entries of an eviction policy
 */
public final class EntryQueue<E extends Entry<?, ?>> {

  private @Nullable Entry<?, ?> first;
  private @Nullable Entry<?, ?> last;

  /** Puts an entry at the end, from its place in this queue, or from none. */
  public void addLast(E entry) {
    remove(entry);
    entry.previous = last;
    if (last == null) {
      first = entry;
    } else {
      last.next = entry;
    }
    last = entry;
  }

  /** Takes an entry out of this queue, if it is in it. */
  public void remove(E entry) {
    if (!entry.isQueued()) {
      return;
    }
    Entry<?, ?> previous = entry.previous;
    Entry<?, ?> next = entry.next;
    if (previous == null) {
      first = next;
    } else {
      previous.next = next;
    }
    if (next == null) {
      last = previous;
    } else {
      next.previous = previous;
    }
    entry.previous = entry;
    entry.next = null;
  }

  /** The entry at the front; null when there is none. */
  @SuppressWarnings("unchecked") // only entries of this type come in
  public @Nullable E first() {
    return (E) first;
  }
}
