package io.groupcache.internal.change;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Stamps that order the changes of a key: a hybrid logical clock. A change that was made in the
 * knowledge of another has the greater stamp, whatever the clocks say; else about the later one
 * has. Safe for use from many threads.
 */
final class Stamps {

  private static final int BITS_BELOW_A_MILLISECOND = 16;

  private static final long MOST_MILLIS_AHEAD = TimeUnit.DAYS.toMillis(1);

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

  /** Another peer has made that stamp. What no clock can be ahead is nothing to go by. */
  void seen(long stamp) {
    if (stamp <= greatest()) {
      last.accumulateAndGet(stamp, Math::max);
    }
  }

  /** That stamp, or the greatest that another peer can have made, however its clock is put. */
  long reasonable(long stamp) {
    return Math.max(0, Math.min(stamp, greatest()));
  }

  private long greatest() {
    return (wallMillis.getAsLong() + MOST_MILLIS_AHEAD) << BITS_BELOW_A_MILLISECOND;
  }
}
