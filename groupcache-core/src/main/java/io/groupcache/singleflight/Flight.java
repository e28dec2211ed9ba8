package io.groupcache.singleflight;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One run of the work for a key, and those who wait for it. {@link SingleFlight#join} makes it.
 * Whoever {@linkplain #begin begins} it has to land it: with {@link #fly}, {@link #succeed} or
 * {@link #fail}. Safe for use from many threads; what comes after the landing changes nothing.
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
  private static final AtomicIntegerFieldUpdater<Flight> STATE =
      AtomicIntegerFieldUpdater.newUpdater(Flight.class, "state");

  private static final int NEW = 0; // as it is without being written, which would take a fence
  private static final int BEGUN = 1;
  private static final int DECIDED = 2;

  private final K key;
  private final SingleFlight<K, V> flights;

  /** For whom it is done: until it begins, the one who made it. */
  private volatile Caller leader;

  private volatile @Nullable Work work;

  /** The latest first; what was written before the landing can be read after it. */
  private volatile @Nullable Waiter waiters;

  private volatile int state;
  private @Nullable V result;
  private @Nullable Throwable failure;
  private boolean abandoned;

  Flight(K key, SingleFlight<K, V> flights, Caller leader) {
    this.key = key;
    this.flights = flights;
    this.leader = leader;
  }

  /** The key that the work is for. */
  public K key() {
    return key;
  }

  /** What the work is called in other processes; null where they don't know of it. */
  public @Nullable String name() {
    return flights.name(key);
  }

  /** Whether the work has yet to begin, or to be begun by somebody. */
  public boolean isNew() {
    return state == NEW;
  }

  /**
   * Says that the caller does the work, or has it done, from now on.
   *
   * @return false when another does, or it has landed
   */
  public boolean begin() {
    return STATE.compareAndSet(this, NEW, BEGUN);
  }

  /** Says that {@code me} does the work from now on, for its own sake: see {@link #begin()}. */
  boolean begin(Caller me) {
    boolean begun = begin();
    if (begun) {
      leader = me;
    }
    return begun;
  }

  /** Does the work, which has begun, in this thread: to the landing, whatever it throws. */
  public void fly(Callable<? extends V> task) {
    try {
      V value = Work.<V>call(List.of(this), task::call);
      succeed(Objects.requireNonNull(value, "the work gave no result"));
    } catch (Throwable thrown) { // an Error too must reach those who wait
      fail(thrown);
    }
  }

  /** Lands with a result, which all callers get. */
  public void succeed(V value) {
    if (decide()) {
      result = value;
      land();
    }
  }

  /**
   * Lands with a failure: of all callers, unless the work failed because its leader, in whose
   * thread it was done, was interrupted, or had no time left; then another has it done again.
   */
  public void fail(Throwable cause) {
    boolean interrupted =
        cause instanceof InterruptedException || Thread.currentThread().isInterrupted();
    fail(
        cause,
        (interrupted && Thread.currentThread() == leader.thread()) || leader.nanosLeft() <= 0);
  }

  /** Lands with what is its leader's trouble only: whoever waits has the work done again. */
  public void abandon(Throwable cause) {
    fail(cause, true);
  }

  private void fail(Throwable cause, boolean ofLeaderOnly) {
    if (decide()) {
      failure = cause;
      abandoned = ofLeaderOnly;
      land();
    }
  }

  /** Whether anybody still waits for the landing. */
  public boolean isWanted() {
    for (Waiter waiter = waiters; waiter != null; waiter = waiter.next) {
      if (waiter.isWaiting()) {
        return true;
      }
    }
    return false;
  }

  /** Has {@code listener} told of the landing, for the sake of what this thread does. */
  public void onLanding(LandingListener<K, V> listener) {
    if (!add(new ListeningWaiter(listener))) {
      listener.landed(this);
    }
  }

  /**
   * Waits for the landing; not at all, whatever the thread's interrupt flag says, when it has been.
   *
   * @param me this thread, and how long it waits
   * @return false when the work was not done because of its leader's trouble, and has to be done
   *     again
   * @throws IllegalStateException when waiting would never end, because the work waits for what
   *     this thread does
   * @throws TimeoutException when it took too long
   * @throws InterruptedException when this thread was interrupted meanwhile
   */
  public boolean await(Caller me) throws InterruptedException, TimeoutException {
    if (!hasLanded()) {
      WaitingThread waiting = new WaitingThread(Thread.currentThread(), Work.current());
      try {
        if (add(waiting)) {
          refuseCircle();
          park(me);
        }
      } finally {
        waiting.leave();
      }
    }
    return !(abandoned && me != leader);
  }

  /**
   * Refuses a wait that would never end; to be called once the waiter is known, so that of two
   * threads that close a circle at the same time one sees it.
   *
   * @throws IllegalStateException when the work waits for what this thread does
   */
  public void refuseCircle() {
    Work mine = Work.current();
    if (mine != null && mine.isAwaitedBy(work)) {
      throw new IllegalStateException(
          "This thread would wait for itself: the work it does asked, directly or through other"
              + " work, for its own result");
    }
  }

  /** The result of a flight that has landed. */
  public V result() throws Exception {
    if (result != null) {
      return result;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) Objects.requireNonNull(failure);
  }

  /** Whether it failed by what is its leader's trouble only. */
  public boolean isAbandoned() {
    return abandoned;
  }

  boolean hasLanded() {
    Waiter latest = waiters;
    return latest != null && latest.isNobody();
  }

  /** Whether it was made longer ago than that, and than its leader has time. */
  boolean isOlderThan(long nanos) {
    return leader.isOlderThan(nanos);
  }

  void doneBy(Work work) {
    this.work = work;
  }

  /** The work of this process that waits for the landing. */
  Collection<Work> waitingWork() {
    List<Work> waiting = new ArrayList<>();
    for (Waiter waiter = waiters; waiter != null; waiter = waiter.next) {
      Work theirs = waiter.work;
      if (theirs != null) {
        waiting.add(theirs);
      }
    }
    return waiting;
  }

  void addRemoteAncestors(Collection<String> names) {
    for (Waiter waiter = waiters; waiter != null; waiter = waiter.next) {
      names.addAll(waiter.remoteAncestors());
    }
  }

  private void park(Caller me) throws InterruptedException, TimeoutException {
    while (!hasLanded()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = me.nanosLeft();
      if (left <= 0) {
        throw new TimeoutException("The work for '" + key + "' took too long");
      }
      LockSupport.parkNanos(this, left);
    }
  }

  /** Adds a waiter; false when the flight has landed. */
  private boolean add(Waiter waiter) {
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

  /** The first to say what became of it is the one who lands it. */
  private boolean decide() {
    return STATE.getAndSet(this, DECIDED) != DECIDED;
  }

  private void land() {
    flights.end(this);
    work = null;
    Waiter.tell(WAITERS.getAndSet(this, Waiter.NOBODY_ANY_MORE));
  }

  private static final class WaitingThread extends Waiter {

    private volatile @Nullable Thread thread;

    WaitingThread(Thread thread, @Nullable Work work) {
      super(work);
      this.thread = thread;
    }

    /** Lets go of all that the caller carries: the flight may take long, or never land. */
    void leave() {
      thread = null;
      work = null;
    }

    @Override
    boolean isWaiting() {
      return thread != null;
    }

    @Override
    void landed() {
      LockSupport.unpark(thread);
    }
  }

  private final class ListeningWaiter extends Waiter {

    private final LandingListener<K, V> listener;

    ListeningWaiter(LandingListener<K, V> listener) {
      super(Work.current());
      this.listener = listener;
    }

    @Override
    boolean isWaiting() {
      return listener.isWaiting();
    }

    @Override
    List<String> remoteAncestors() {
      return listener.ancestors();
    }

    @Override
    void landed() {
      listener.landed(Flight.this);
    }
  }
}
