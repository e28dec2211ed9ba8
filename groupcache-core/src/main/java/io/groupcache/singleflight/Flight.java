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

  private final Thread leader = Thread.currentThread();
  private final CountDownLatch landed = new CountDownLatch(1);
  private @Nullable V result;
  private @Nullable Throwable failure;

  void succeeded(V value) {
    result = value;
  }

  void failed(Throwable cause) {
    failure = cause;
  }

  /** Lets the waiters go. A flight that has neither succeeded nor failed is abandoned. */
  void land() {
    landed.countDown();
  }

  /**
   * Waits for the landing.
   *
   * @return whether it came in time
   * @throws IllegalStateException when it can't come, because the leader waits for this thread
   */
  boolean await(long timeout, TimeUnit unit) throws InterruptedException {
    Thread me = Thread.currentThread();
    WAITING.put(
        me, this); // before the look, so that of two threads that close a circle one sees it
    try {
      refuseCircle(me);
      return landed.await(timeout, unit);
    } finally {
      WAITING.remove(me);
    }
  }

  boolean isAbandoned() {
    return result == null && failure == null;
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
    while (flight != null && flight.leader != me) {
      Flight<?> next = WAITING.get(flight.leader);
      // A leader that has landed may wait for something else by now, which is not this flight's.
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
