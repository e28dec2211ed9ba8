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
   * Has each of {@code flights} flown and landed, in this thread or in others. What this throws
   * lands those that have not landed yet, for their first caller only.
   */
  void fly(List<Flight<K, V>> flights);
}
