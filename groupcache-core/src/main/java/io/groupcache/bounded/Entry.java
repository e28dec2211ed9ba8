package io.groupcache.bounded;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A key and its value in a cache: one object that is a link of its hash chain and of a queue as
 * well, to which an eviction policy adds what it wants to know of each entry. Key and value never
 * change; another value of a key is another entry.
 *
 * @param <K> keys
 * @param <V> values
 */
public abstract class Entry<K, V> {

  // No VarHandle: a call of one whose first use hits the end of the stack never works again.
  @SuppressWarnings("rawtypes")
  private static final AtomicReferenceFieldUpdater<Entry, @Nullable Entry> NEXT_IN_CHAIN =
      AtomicReferenceFieldUpdater.newUpdater(Entry.class, Entry.class, "nextInChain");

  final K key;
  final V value;
  final int hash;
  final long weight;

  /** Its place in a queue; itself where it is in none. */
  @Nullable Entry<?, ?> previous = this;

  @Nullable Entry<?, ?> next;

  private volatile @Nullable Entry<K, V> nextInChain;

  /**
   * Makes an entry that is in no queue.
   *
   * @param hash the key's, as the cache has it
   * @param weight the bytes of key and value
   */
  protected Entry(K key, V value, int hash, long weight) {
    this.key = key;
    this.value = value;
    this.hash = hash;
    this.weight = weight;
  }

  /** The hash of the key, well spread. */
  public final int hash() {
    return hash;
  }

  /** The bytes of key and value. */
  public final long weight() {
    return weight;
  }

  /** Whether a queue has it; asked under the cache's lock. */
  @SuppressWarnings("ReferenceEquality") // an entry is a place, equal to no other
  public final boolean isQueued() {
    return previous != this;
  }

  final @Nullable Entry<K, V> nextInChain() {
    return nextInChain;
  }

  /** Under the cache's lock; a reader that sees {@code next} sees all of it. */
  final void nextInChain(@Nullable Entry<K, V> next) {
    NEXT_IN_CHAIN.lazySet(this, next);
  }
}
