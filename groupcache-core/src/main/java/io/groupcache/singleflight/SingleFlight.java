package io.groupcache.singleflight;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Of many callers that want the same work at the same time, the first has it done, and all get its
 * result. Safe for use from many threads.
 *
 * <p>What happens to one caller is no other's trouble: a caller leaves at its own deadline or when
 * it is interrupted, and the flight goes on; and where the work fails because it ran in the thread
 * of a caller that was interrupted, or for a caller that ran out of time, another caller has it
 * done again.
 *
 * @param <K> keys, with {@code equals} and {@code hashCode}
 * @param <V> results
 */
public final class SingleFlight<K, V> {

  /**
   * How many frames it takes to be sure that a flight can land. Compiled ones are small, and the
   * landing may never have run before: 64 have been seen to be enough then, 48 not.
   */
  private static final int STACK_RESERVE = 128;

  private final ConcurrentHashMap<K, Flight<K, V>> flights = new ConcurrentHashMap<>();
  private final long patienceNanos;

  /** Makes one whose flights may take as long as they like. */
  public SingleFlight() {
    this(Long.MAX_VALUE);
  }

  /**
   * Makes one that gives up on flights that take too long: whoever comes later starts another,
   * while those who wait already may still get the result of the first.
   *
   * @param patienceNanos how old a flight may be that another caller joins, in nanoseconds; one
   *     whose own caller has more time than that may be as old as that time
   */
  public SingleFlight(long patienceNanos) {
    this.patienceNanos = patienceNanos;
  }

  /**
   * Does {@code work} in this thread, or waits for the caller that has it done for {@code key}
   * already.
   *
   * @param me this thread, and how long it waits; work done in this thread is not cut short
   * @param work must give a result or throw
   * @return the result, the same object for all callers of a flight
   * @throws Exception what {@code work} threw, an {@link Error} included, the same object for all
   *     callers of a flight
   * @throws IllegalStateException when waiting would never end, because the work that this thread
   *     would wait for waits for this thread
   * @throws TimeoutException when the work of another caller took longer than {@code me} waits
   * @throws InterruptedException when this thread was interrupted while it waited
   */
  public V run(K key, Caller me, Callable<? extends V> work) throws Exception {
    while (true) {
      reserveStack(STACK_RESERVE);
      Flight<K, V> mine = new Flight<>(key, this, me, null);
      mine.takeOver();
      Flight<K, V> theirs = join(mine);
      if (theirs == null) {
        mine.fly(work);
        return mine.result();
      }
      if (awaitFor(me, theirs)) {
        return theirs.result();
      }
    }
  }

  /**
   * Has {@code executor} do {@code work}, or waits for the caller that has it done already: as
   * {@link #run(Object, Caller, Callable)}, but that no caller waits longer than it wants to.
   *
   * @param executor does the work; it may take its time to begin, or refuse by throwing
   * @throws Exception what {@code work} threw; or what {@code executor} threw, for this caller only
   */
  public V run(K key, Caller me, Executor executor, Callable<? extends V> work) throws Exception {
    while (true) {
      reserveStack(STACK_RESERVE);
      Flight<K, V> mine = new Flight<>(key, this, me, null);
      Flight<K, V> theirs = join(mine);
      if (theirs == null) {
        start(mine, me, executor, work);
      }
      Flight<K, V> flight = theirs == null ? mine : theirs;
      if (awaitFor(me, flight)) {
        return flight.result();
      }
    }
  }

  /**
   * Has the work for many keys done: those that nobody has begun are for {@code crew} to fly, in
   * this call; {@code landings} waits for these and for all others, and, where one that it only
   * joined is abandoned, or has to wait for its turn, calls {@code crew} again, for that.
   *
   * @param keys no key twice
   */
  public void board(Collection<? extends K> keys, Landings<K, V> landings, Crew<K, V> crew) {
    reserveStack(STACK_RESERVE);
    Caller me = landings.caller();
    List<Flight<K, V>> mine = new ArrayList<>(keys.size());
    List<Flight<K, V>> toFly = new ArrayList<>(keys.size());
    try {
      for (K key : keys) {
        Flight<K, V> fresh = new Flight<>(key, this, me, crew);
        Flight<K, V> theirs = join(fresh);
        Flight<K, V> flight = theirs == null ? fresh : theirs;
        if (theirs == null) {
          mine.add(fresh);
        }
        if (landings.add(this, crew, flight, theirs == null)) {
          toFly.add(flight);
        }
      }
    } catch (Throwable failure) { // no memory, say, or keys that can't be compared
      abandon(mine, failure);
      throw failure;
    }
    if (!toFly.isEmpty()) {
      try {
        crew.fly(me, toFly);
      } catch (Throwable refusal) { // an Error too: no thread could be made, say
        abandon(mine, refusal);
      }
    }
  }

  /** Has {@code crew} fly those of {@code keys} that wait for their turn. */
  public void hasten(Collection<? extends K> keys, Caller me, Crew<K, V> crew) {
    List<Flight<K, V>> queued = new ArrayList<>();
    for (K key : keys) {
      Flight<K, V> flight = flights.get(key);
      if (flight != null && flight.isQueued()) {
        queued.add(flight);
      }
    }
    if (!queued.isEmpty()) {
      Flight.hasten(crew, me, queued);
    }
  }

  /** Frees the key of a flight that is about to land. */
  void end(Flight<K, V> flight) {
    flights.remove(flight.key(), flight);
  }

  /** Waits for a landing; false when another caller's trouble has ended the flight. */
  private boolean awaitFor(Caller me, Flight<K, V> flight) throws Exception {
    if (!flight.await(me.nanosLeft())) {
      throw new TimeoutException("The work for '" + flight.key() + "' took too long");
    }
    return !flight.isAbandonedFor(me);
  }

  /** The flight that is under way for the key; null when it is {@code mine} from now on. */
  private @Nullable Flight<K, V> join(Flight<K, V> mine) {
    while (true) {
      Flight<K, V> theirs = flights.putIfAbsent(mine.key(), mine);
      if (theirs == null || !theirs.isOlderThan(patienceNanos)) {
        return theirs;
      }
      if (flights.replace(mine.key(), theirs, mine)) {
        return null;
      } // else another caller has, or it has landed
    }
  }

  /**
   * Overflows the stack here, if it is about to, rather than where a flight has begun and could not
   * land any more.
   */
  private static int reserveStack(int frames) {
    return frames == 0 ? 0 : 1 + reserveStack(frames - 1);
  }

  private void start(
      Flight<K, V> flight, Caller me, Executor executor, Callable<? extends V> work) {
    try {
      executor.execute(() -> flight.fly(me, work));
    } catch (Throwable refusal) { // an Error too: no thread could be made, say
      flight.abandon(refusal);
    }
  }

  private void abandon(List<Flight<K, V>> mine, Throwable refusal) {
    mine.forEach(flight -> flight.abandon(refusal));
  }
}
