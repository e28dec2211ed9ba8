package io.groupcache.singleflight;

import java.util.List;

/**
 * Waits for a flight without a thread.
 *
 * @param <K> keys
 * @param <V> results
 */
public interface LandingListener<K, V> {

  /**
   * The flight has landed: its {@link Flight#result} can be had. Called once, in the thread that
   * landed it, or at once where it had landed before. Must not throw, nor wait.
   */
  void landed(Flight<K, V> flight);

  /** Whether the result is still wanted; work that nobody wants and that waits need not begin. */
  default boolean isWaiting() {
    return true;
  }

  /** The {@linkplain Flight#name names} of work in other processes that waits for the result. */
  default List<String> ancestors() {
    return List.of();
  }
}
