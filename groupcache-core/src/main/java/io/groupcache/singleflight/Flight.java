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
 * SingleFlight#board}, has to land it: with {@link #fly}, or, where {@link #begin} says so, with
 * {@link #succeed} or {@link #fail}. Safe for use from many threads; what comes after the landing
 * changes nothing.
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
  private static final AtomicReferenceFieldUpdater<Flight, @Nullable Thread> PILOT =
      AtomicReferenceFieldUpdater.newUpdater(Flight.class, Thread.class, "pilot");

  @SuppressWarnings("rawtypes")
  private static final AtomicIntegerFieldUpdater<Flight> STATE =
      AtomicIntegerFieldUpdater.newUpdater(Flight.class, "state");

  private static final int NEW = 0; // as it is without being written, which would take a fence
  private static final int FLYING = 1;
  private static final int DECIDED = 2;

  private final K key;
  private final SingleFlight<K, V> flights;

  /** Who flies it together with others; null where one thread flies it alone. */
  private final @Nullable Crew<K, V> crew;

  /** For whom it is flown: until it begins, the one who came first. */
  private Caller caller;

  private volatile @Nullable Thread pilot;

  /** What the pilot was waiting for already when it began; read after the pilot. */
  private Waits.@Nullable Wait outerWait;

  /** The latest first; what was written before the landing can be read after it. */
  private volatile @Nullable Waiter waiters;

  private volatile int state;
  private volatile boolean queued;
  private @Nullable V result;
  private @Nullable Throwable failure;
  private boolean abandoned;

  /** Makes one that a crew flies, or, where there is none, one thread alone. */
  Flight(K key, SingleFlight<K, V> flights, Caller caller, @Nullable Crew<K, V> crew) {
    this.key = key;
    this.flights = flights;
    this.caller = caller;
    this.crew = crew;
    if (crew != null && crew.queues()) {
      queued = true;
    }
  }

  /** The key that the work is for. */
  public K key() {
    return key;
  }

  /**
   * Says that the work, which has begun, waits for its turn from now on, as that of a {@linkplain
   * Crew#queues crew that queues} does until it begins: until other work of its caller has been
   * done. That other work may be waiting for this: so whoever else wants it has a crew fly it at
   * once.
   */
  public void queue() {
    queued = true;
    for (Waiter waiter = waiters; waiter != null; waiter = waiter.next) {
      waiter.queued();
    }
  }

  /**
   * Does the work in this thread, for {@code by}: to the landing, whatever the work throws; or
   * nothing, when it has been begun for another.
   */
  public void fly(Caller by, Callable<? extends V> work) {
    if (begin(by)) {
      fly(work);
    }
  }

  /** Does the work in this thread, which is the {@linkplain #takeOver pilot}. */
  void fly(Callable<? extends V> work) {
    try {
      succeed(Objects.requireNonNull(work.call(), "the work gave no result"));
    } catch (Throwable thrown) {
      fail(thrown);
    }
  }

  /**
   * Says that this thread does the work from now on, for {@code by}.
   *
   * @return false when it need not, because it has been begun for another, or will not be flown
   */
  public boolean begin(Caller by) {
    if (!change(NEW, FLYING)) {
      return false;
    }
    if (queued) {
      queued = false;
    }
    caller = by;
    takeOver();
    return true;
  }

  /** Says that this thread has done its part of the work, and that another will go on. */
  public void handOver() {
    PILOT.lazySet(this, null);
  }

  /** Says that this thread does the work from now on, or goes on with it. */
  public void takeOver() {
    Thread me = Thread.currentThread();
    outerWait = Waits.of(me);
    PILOT.lazySet(this, me); // to be seen by who looks for circles once Waits.begin is done
  }

  /** Lands with a result, which all callers get. */
  public void succeed(V value) {
    Waiter.tell(succeedUntold(value));
  }

  /** Lands with a result, and gives those who wait for it, who have to be told. */
  @Nullable Waiter succeedUntold(V value) {
    if (!decide()) {
      return null;
    }
    result = value;
    return landUntold();
  }

  /**
   * Lands with a failure: of all callers, unless the work failed because the one that it was done
   * for was interrupted in this thread, or had no time left; then another has it done again.
   */
  public void fail(Throwable cause) {
    boolean interrupted =
        cause instanceof InterruptedException || Thread.currentThread().isInterrupted();
    boolean ofOneCallerOnly = (interrupted && pilot == caller.thread()) || caller.nanosLeft() <= 0;
    if (decide()) {
      land(cause, ofOneCallerOnly);
    }
  }

  /** Lands, unless it has begun, with what is its first caller's only: others look for another. */
  void abandon(Throwable cause) {
    if (change(NEW, DECIDED)) {
      land(cause, true);
    }
  }

  /** Whether it began longer ago than that, and than its caller has time. */
  boolean isOlderThan(long nanos) {
    return caller.isOlderThan(nanos);
  }

  /** Whether it waits for its turn: see {@link #queue}. */
  public boolean isQueued() {
    return queued;
  }

  /** Has it flown before its turn comes; maybe in this thread, if there is no other. */
  void hasten() {
    hasten(Objects.requireNonNull(crew), caller.inThisThread(), List.of(this));
  }

  /** Has a crew fly those that wait for their turn, if it has a thread for them. */
  static <K, V> void hasten(Crew<K, V> crew, Caller caller, List<Flight<K, V>> queued) {
    try {
      crew.fly(caller, queued);
    } catch (RuntimeException | Error noThread) {
      return; // they wait for their turn, then
    }
  }

  @Nullable Thread pilot() {
    return pilot;
  }

  /** Whether its pilot waits for its sake, and not for something within which it has begun. */
  @SuppressWarnings("ReferenceEquality") // another of the same flights is not the same wait
  boolean isWhatFor(Waits.Wait wait) {
    return wait != outerWait;
  }

  boolean hasLanded() {
    Waiter latest = waiters;
    return latest != null && latest.isNobody();
  }

  /** Whether it has failed by what is another caller's trouble, not this one's. */
  boolean isAbandonedFor(Caller one) {
    return abandoned && caller != one;
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
  boolean add(Waiter waiter) {
    while (true) {
      Waiter latest = waiters;
      if (latest != null && latest.isNobody()) {
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
    try {
      return awaitLanding(me, nanos);
    } finally {
      Waits.end(me);
    }
  }

  private boolean awaitLanding(Thread me, long nanos) throws InterruptedException {
    long begun = System.nanoTime();
    boolean hastened = false;
    beginWait(me);
    add(new WaitingThread(me));
    while (!hasLanded()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = nanos - (System.nanoTime() - begun);
      if (left <= 0) {
        return false;
      }
      if (queued && !hastened) {
        hastened = true;
        hasten();
        beginWait(me); // this thread may have worked, and waited, meanwhile
      } else {
        LockSupport.parkNanos(this, left);
      }
    }
    return true;
  }

  private void beginWait(Thread me) {
    Waits.begin(me, List.of(this));
    if (Waits.neverEnds(this, me)) {
      throw circle();
    }
  }

  /** What a thread gets that would wait for itself. */
  static IllegalStateException circle() {
    return new IllegalStateException(
        "This thread would wait for itself: the work it does asked, directly or through other work,"
            + " for its own result");
  }

  private boolean change(int from, int to) {
    return STATE.compareAndSet(this, from, to);
  }

  /**
   * The first to say what became of it is the one who lands it. Where there is no crew there is
   * only one who may: the thread that began it, or who abandons it because none did.
   */
  private boolean decide() {
    return crew == null ? !hasLanded() : STATE.getAndSet(this, DECIDED) != DECIDED;
  }

  private void land(Throwable cause, boolean ofOneCallerOnly) {
    failure = cause;
    abandoned = ofOneCallerOnly;
    Waiter.tell(landUntold());
  }

  /** Lands, and gives those who have to be told of it. */
  private @Nullable Waiter landUntold() {
    flights.end(this);
    return WAITERS.getAndSet(this, Waiter.NOBODY_ANY_MORE);
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

    @Override
    void queued() {
      LockSupport.unpark(thread);
    }
  }
}
