package io.groupcache.spring.typed;

import java.util.Collection;
import java.util.Map;

/**
 * A {@link Loader} that loads many keys in one go: with one SQL {@code IN}, say. {@link
 * TypedGroup#getAll} has it load those of its keys that this peer owns and nobody is loading, and
 * so do the other peers.
 *
 * @param <K> the keys, with {@code equals} and {@code hashCode}
 * @param <V> the values
 */
@FunctionalInterface
public interface BulkLoader<K, V> {

  /**
   * Loads the values of keys.
   *
   * @param keys one or more, each once; immutable
   * @return the values by their keys; a key that it leaves out does not exist
   * @throws Exception when the load fails, for all of these keys
   */
  Map<K, V> load(Collection<K> keys) throws Exception;
}
