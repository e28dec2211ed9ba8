package io.groupcache.singleflight;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of some work, and those who wait for it. */
final class Flight<V> {

  /**
   * Who waits for what, in all single flights of this JVM: work for one key may wait for work for
   * another, elsewhere, and such a chain must not close.
   */
  private static final ConcurrentHashMap<Thread, Flight<?>> WAITING = new ConcurrentHashMap<>();

  private final long start;
  private final long timeoutNanos;
  private final CountDownLatch landed = new CountDownLatch(1);
  private final Thread caller = Thread.currentThread();
  private volatile @Nullable Thread pilot;
  private @Nullable V result;
  private @Nullable Throwable failure;
  private boolean abandoned;

  /** Makes a flight for a caller that came at {@code start} and has so long. */
  Flight(long start, long timeoutNanos) {
    this.start = start;
    this.timeoutNanos = timeoutNanos;
  }

  /** Whether it began longer ago than that, and than its caller has time. */
  boolean isOlderThan(long nanos) {
    return System.nanoTime() - start > Math.max(nanos, timeoutNanos);
  }

  /** Whether the caller that it is for has no time left. */
  boolean hasRunOutOfTime() {
    return System.nanoTime() - start >= timeoutNanos;
  }

  /** Whether an interrupt of the work is one of the caller that it is for. */
  boolean isInItsCallersThread() {
    return pilot == caller;
  }

  /** Says that this thread does the work from now on. */
  void begin() {
    pilot = Thread.currentThread();
  }

  void succeeded(V value) {
    result = value;
  }

  void failed(Throwable cause) {
    failure = cause;
  }

  /** Fails for the caller that it is for only: the others have to look for another flight. */
  void abandoned(Throwable cause) {
    failure = cause;
    abandoned = true;
  }

  /** Lets the waiters go. */
  void land() {
    landed.countDown();
  }

  /**
   * Waits for the landing; not at all, whatever the thread's interrupt flag says, when it has been.
   *
   * @return whether it came in time
   * @throws IllegalStateException when it can't come, because its pilot waits for this thread
   */
  boolean await(long timeoutNanos) throws InterruptedException {
    if (hasLanded()) {
      return true;
    }
    Thread me = Thread.currentThread();
    WAITING.put(
        me, this); // before the look, so that of two threads that close a circle one sees it
    try {
      refuseCircle(me);
      return landed.await(timeoutNanos, TimeUnit.NANOSECONDS);
    } finally {
      WAITING.remove(me);
    }
  }

  boolean isAbandoned() {
    return abandoned;
  }

  V result() throws Exception {
    if (result != null) {
      return result;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) Objects.requireNonNull(failure);
  }

  private void refuseCircle(Thread me) {
    Flight<?> flight = this;
    while (flight != null && flight.pilot != me) {
      Thread pilot = flight.pilot;
      Flight<?> next = pilot == null ? null : WAITING.get(pilot);
      // A pilot that has landed may wait for something else by now, which is not this flight's.
      flight = flight.hasLanded() ? null : next;
    }
    if (flight != null && !flight.hasLanded()) {
      throw new IllegalStateException(
          "This thread would wait for itself: the work it does asked, directly or through other work,"
              + " for its own result");
    }
  }

  private boolean hasLanded() {
    return landed.getCount() == 0;
  }
}
