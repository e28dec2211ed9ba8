package io.groupcache.spring.http.client;

import io.groupcache.GetContext;
import io.groupcache.spring.http.wire.KeyAnswer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks the same peer again, with pauses that grow. For one thread. */
final class Repetition {

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final GetContext context;
  private final long othersNanos;
  private final long start = System.nanoTime();
  private long pause = FIRST_PAUSE_NANOS;

  /**
   * Begins now.
   *
   * @param othersNanos how long is asked again because of what others say than the peer
   */
  Repetition(GetContext context, long othersNanos) {
    this.context = context;
    this.othersNanos = othersNanos;
  }

  /** Pauses, and says whether there is time to ask again. */
  boolean isWorthwhile(KeyAnswer.Again again) {
    long left = context.remainingNanos();
    if (!again.byPeer()) {
      left = Math.min(left, othersNanos - (System.nanoTime() - start));
    }
    if (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, Math.min(pause, left));
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
    return left > 0 && !Thread.currentThread().isInterrupted();
  }
}
