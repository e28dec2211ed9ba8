package io.groupcache.spring.typed;

import org.jspecify.annotations.Nullable;

/**
 * Loads the value of a key that no cache holds: a {@link io.groupcache.Getter} of typed keys and
 * values. A bean of this type is the group of its name; its definition says what {@code K} and
 * {@code V} are. What holds for a getter holds for it: it is called from many threads at once, for
 * different keys, and gives the same value for the same key on each peer.
 *
 * @param <K> the keys
 * @param <V> the values
 */
@FunctionalInterface
public interface Loader<K, V> {

  /**
   * Loads the value of a key.
   *
   * @return the value, or null when there is none
   * @throws Exception when the load fails; the callers get it as the cause of a {@link
   *     io.groupcache.LoadException}, and the key can be asked for again
   */
  @Nullable V load(K key) throws Exception;
}
