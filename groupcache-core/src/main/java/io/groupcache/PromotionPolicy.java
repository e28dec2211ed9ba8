package io.groupcache;

import io.groupcache.groupcachepb.GetResponse;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Decides which values that came from their owner are mirrored in the hot cache. Must be safe for
 * use from many threads.
 */
@FunctionalInterface
public interface PromotionPolicy {

  /** Whether to keep the value of {@code key} that its owner just sent. */
  boolean promote(String key, GetResponse response);

  /** Keeps one value in {@code n}, at random: what is asked for often is soon kept. */
  static PromotionPolicy oneIn(int n) {
    return oneIn(n, () -> ThreadLocalRandom.current().nextLong());
  }

  /**
   * Keeps one value in {@code n}, as {@code random} has it.
   *
   * @throws IllegalArgumentException when {@code n} is not positive
   */
  static PromotionPolicy oneIn(int n, RandomGenerator random) {
    if (n < 1) {
      throw new IllegalArgumentException(
          "One value in " + n + " can't be kept: n must be positive");
    }
    return (key, response) -> random.nextInt(n) == 0;
  }
}
