package io.groupcache.singleflight;

import java.util.List;

/**
 * Flies what one caller has to have flown: many keys' work in one go, or each on its own.
 *
 * @param <K> keys
 * @param <V> results
 */
@FunctionalInterface
public interface Crew<K, V> {

  /**
   * Has each of {@code flights} flown and landed, in this thread or in others, for {@code caller};
   * but for those that another has begun meanwhile. Called again for flights that {@linkplain
   * Flight#queue wait for their turn}, of this crew or of another, which are to be flown at once.
   * What this throws lands those that have not begun, for their first caller only; what waits for
   * its turn goes on waiting.
   */
  void fly(Caller caller, List<Flight<K, V>> flights);

  /** Whether a flight may have to wait, before it begins, until others have landed. */
  default boolean queues() {
    return false;
  }
}
