package io.groupcache.internal.change;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Stamps that order the changes of a key: a hybrid logical clock. A change that was made in the
 * knowledge of another has the greater stamp, whatever the clocks say; else about the later one
 * has. Safe for use from many threads.
 */
final class Stamps {

  private static final int BITS_BELOW_A_MILLISECOND = 16;

  private final LongSupplier wallMillis;
  private final AtomicLong last = new AtomicLong();

  Stamps(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
  }

  /** A stamp that is greater than all that were made, or seen, so far. */
  long next() {
    long now = wallMillis.getAsLong() << BITS_BELOW_A_MILLISECOND;
    return last.updateAndGet(before -> Math.max(before + 1, now));
  }

  /** The greatest that was made, or seen, so far; 0 where there was none. */
  long last() {
    return last.get();
  }

  /** Another peer has made that stamp. */
  void seen(long stamp) {
    last.accumulateAndGet(reasonable(stamp), Math::max);
  }

  /** Of a stamp that is out of all reason so much that there are greater ones still. */
  static long reasonable(long stamp) {
    return Math.max(0, Math.min(stamp, Long.MAX_VALUE / 2));
  }
}
