package io.groupcache.internal.change;

import io.groupcache.groupcachepb.Change;
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

  /** Another peer has made that stamp. */
  void seen(long stamp) {
    // One that is out of all reason would leave no greater one.
    last.accumulateAndGet(Math.min(stamp, Long.MAX_VALUE / 2), Math::max);
  }

  /** Whether a change is later than another. */
  static boolean isLater(long stamp, long author, Change other) {
    int order = Long.compare(stamp, other.getStamp());
    return order > 0 || (order == 0 && Long.compareUnsigned(author, other.getAuthor()) > 0);
  }
}
