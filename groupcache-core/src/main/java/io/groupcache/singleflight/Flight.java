package io.groupcache.singleflight;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One run of the work for a key, and those who wait for it. Whoever is given one to fly, by {@link
 * SingleFlight#board}, has to land it: with {@link #fly}, or with {@link #begin} and then {@link
 * #succeed} or {@link #fail}. Safe for use from many threads; what comes after the landing changes
 * nothing.
 *
 * @param <K> keys
 * @param <V> results
 */
public final class Flight<K, V> {

  // Not VarHandles: a call of one whose first use hits the end of the stack never works again.
  @SuppressWarnings("rawtypes")
  private static final AtomicReferenceFieldUpdater<Flight, @Nullable Waiter> WAITERS =
      AtomicReferenceFieldUpdater.newUpdater(Flight.class, Waiter.class, "waiters");

  @SuppressWarnings("rawtypes")
  private static final AtomicIntegerFieldUpdater<Flight> DECISIONS =
      AtomicIntegerFieldUpdater.newUpdater(Flight.class, "decisions");

  private final K key;
  private final SingleFlight<K, V> flights;
  private final long start;
  private final long timeoutNanos;
  private final Thread caller = Thread.currentThread();
  private volatile @Nullable Thread pilot;

  /** The latest first; what was written before the landing can be read after it. */
  private volatile @Nullable Waiter waiters;

  private volatile int decisions;
  private @Nullable V result;
  private @Nullable Throwable failure;
  private boolean abandoned;

  /** Makes a flight for a caller that came at {@code start} and has so long. */
  Flight(K key, SingleFlight<K, V> flights, long start, long timeoutNanos) {
    this.key = key;
    this.flights = flights;
    this.start = start;
    this.timeoutNanos = timeoutNanos;
  }

  /** The key that the work is for. */
  public K key() {
    return key;
  }

  /** Does the work in this thread: to the landing, whatever the work throws. */
  public void fly(Callable<? extends V> work) {
    begin();
    try {
      succeed(Objects.requireNonNull(work.call(), "the work gave no result"));
    } catch (Throwable thrown) {
      fail(thrown);
    }
  }

  /** Says that this thread does the work from now on. */
  public void begin() {
    pilot = Thread.currentThread();
  }

  /** Lands with a result, which all callers get. */
  public void succeed(V value) {
    if (decide()) {
      result = value;
      land();
    }
  }

  /**
   * Lands with a failure: of all callers, unless the work failed because its first caller was
   * interrupted in this thread, or had no time left; then another caller has it done again.
   */
  public void fail(Throwable cause) {
    boolean interrupted =
        cause instanceof InterruptedException || Thread.currentThread().isInterrupted();
    boolean ofOneCallerOnly = (interrupted && pilot == caller) || hasRunOutOfTime();
    fail(cause, ofOneCallerOnly);
  }

  /** Lands with a failure that is the first caller's only: the others look for another flight. */
  void abandon(Throwable cause) {
    fail(cause, true);
  }

  private void fail(Throwable cause, boolean ofOneCallerOnly) {
    if (decide()) {
      failure = cause;
      abandoned = ofOneCallerOnly;
      land();
    }
  }

  /** Whether it began longer ago than that, and than its caller has time. */
  boolean isOlderThan(long nanos) {
    return System.nanoTime() - start > Math.max(nanos, timeoutNanos);
  }

  @Nullable Thread pilot() {
    return pilot;
  }

  boolean hasLanded() {
    return waiters == Waiter.NOBODY_ANY_MORE;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** The result of a flight that has landed. */
  V result() throws Exception {
    if (result != null) {
      return result;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) Objects.requireNonNull(failure);
  }

  /** Has a waiter told of the landing; false when that has been. */
  boolean tell(Waiter waiter) {
    while (true) {
      Waiter latest = waiters;
      if (latest == Waiter.NOBODY_ANY_MORE) {
        return false;
      }
      waiter.next = latest;
      if (WAITERS.compareAndSet(this, latest, waiter)) {
        return true;
      }
    }
  }

  /**
   * Waits for the landing; not at all, whatever the thread's interrupt flag says, when it has been.
   *
   * @return whether it came in time
   * @throws IllegalStateException when it can't come, because its pilot waits for this thread
   */
  boolean await(long nanos) throws InterruptedException {
    if (hasLanded()) {
      return true;
    }
    Thread me = Thread.currentThread();
    Waits.begin(me, List.of(this));
    try {
      if (Waits.wouldNeverEnd(this, me)) {
        throw circle();
      }
      return awaitLanding(me, nanos);
    } finally {
      Waits.end(me);
    }
  }

  private boolean awaitLanding(Thread me, long nanos) throws InterruptedException {
    long begun = System.nanoTime();
    tell(new WaitingThread(me));
    while (!hasLanded()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = nanos - (System.nanoTime() - begun);
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(this, left);
    }
    return true;
  }

  /** What a thread gets that would wait for itself. */
  static IllegalStateException circle() {
    return new IllegalStateException(
        "This thread would wait for itself: the work it does asked, directly or through other work,"
            + " for its own result");
  }

  /** Whether the caller that it is for has no time left. */
  private boolean hasRunOutOfTime() {
    return System.nanoTime() - start >= timeoutNanos;
  }

  /** The first to say what became of it is the one who lands it. */
  private boolean decide() {
    return DECISIONS.compareAndSet(this, 0, 1);
  }

  private void land() {
    flights.end(this);
    Waiter waiter = WAITERS.getAndSet(this, Waiter.NOBODY_ANY_MORE);
    while (waiter != null) {
      Waiter next = waiter.next;
      waiter.landed();
      waiter = next;
    }
  }

  private static final class WaitingThread extends Waiter {

    private final Thread thread;

    WaitingThread(Thread thread) {
      this.thread = thread;
    }

    @Override
    void landed() {
      LockSupport.unpark(thread);
    }
  }
}
