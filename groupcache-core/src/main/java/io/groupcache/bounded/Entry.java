package io.groupcache.bounded;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A key and its value in a cache: one object that is a link of its hash chain and of a queue as
 * well, to which an eviction policy adds what it wants to know of each entry. Key and value never
 * change; another value of a key is another entry.
 *
 * @param <K> keys
 * @param <V> values
 */
public abstract class Entry<K, V> extends Link {

  private static final VarHandle NEXT_IN_CHAIN;

  static {
    try {
      NEXT_IN_CHAIN =
          MethodHandles.lookup().findVarHandle(Entry.class, "nextInChain", Entry.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final K key;
  final V value;
  final int hash;
  final long weight;

  /** Written under the cache's lock, and read without: through the handle. */
  @SuppressWarnings("UnusedVariable")
  private @Nullable Entry<K, V> nextInChain;

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
  public final boolean isQueued() {
    return !isAlone();
  }

  @SuppressWarnings("unchecked") // as the field
  final @Nullable Entry<K, V> nextInChain() {
    return (Entry<K, V>) NEXT_IN_CHAIN.getAcquire(this);
  }

  final void nextInChain(@Nullable Entry<K, V> next) {
    NEXT_IN_CHAIN.setRelease(this, next);
  }
}
