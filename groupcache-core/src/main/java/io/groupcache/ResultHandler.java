package io.groupcache;

import java.util.List;

/**
 * Is told, key by key, what a get of many keys comes to, each as soon as it is known.
 *
 * @param <V> what a key has
 */
public interface ResultHandler<V> {

  /** The key has a value. */
  void onValue(String key, V value);

  /** The key has none; {@code failure} is what a get of that key alone would throw. */
  void onFailure(String key, RuntimeException failure);

  /**
   * Whether what the key has is still wanted. A load that has to wait for its turn, and that nobody
   * wants by then, does not begin.
   */
  default boolean isWaiting(String key) {
    return true;
  }

  /**
   * The loads on other peers that wait for the key, as {@code group/key}, as far as is known now;
   * empty where no more are known than the context of the get has.
   */
  default List<String> ancestors(String key) {
    return List.of();
  }
}
