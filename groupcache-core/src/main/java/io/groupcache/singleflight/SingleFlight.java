package io.groupcache.singleflight;

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
  private final @Nullable String name;
  private final long patienceNanos;

  /** Makes one whose flights may take as long as they like. */
  public SingleFlight() {
    this(null, Long.MAX_VALUE);
  }

  /**
   * Makes one that gives up on flights that take too long: whoever comes later starts another,
   * while those who wait already may still get the result of the first.
   *
   * @param name begins the {@linkplain Flight#name names} of its flights; null where other
   *     processes don't know of them
   * @param patienceNanos how old a flight may be that another caller joins, in nanoseconds; one
   *     whose own leader has more time than that may be as old as that time
   */
  public SingleFlight(@Nullable String name, long patienceNanos) {
    this.name = name;
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
      Flight<K, V> flight = join(key, me);
      if (flight.begin(me)) {
        if (Work.current() == null) {
          flight.fly(work);
        } else { // what this thread does waits for what it is about to do
          flight.onLanding(landed -> {});
          flight.fly(work);
        }
        return flight.result();
      }
      if (flight.await(me)) {
        return flight.result();
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
      Flight<K, V> flight = join(key, me);
      if (flight.begin(me)) {
        try {
          executor.execute(() -> flight.fly(work));
        } catch (Throwable refusal) { // an Error too: no thread could be made, say
          flight.abandon(refusal);
        }
      }
      if (flight.await(me)) {
        return flight.result();
      }
    }
  }

  /**
   * The flight that is under way for {@code key}, or a new one, which has to be {@linkplain
   * Flight#begin begun}.
   *
   * @param leader for whom a new one is made
   */
  public Flight<K, V> join(K key, Caller leader) {
    reserveStack(STACK_RESERVE);
    Flight<K, V> mine = new Flight<>(key, this, leader);
    while (true) {
      Flight<K, V> theirs = flights.putIfAbsent(key, mine);
      if (theirs == null) {
        return mine;
      }
      if (!theirs.isOlderThan(patienceNanos)) {
        return theirs;
      }
      if (flights.replace(key, theirs, mine)) {
        return mine;
      } // else another caller has, or it has landed
    }
  }

  /** Whether work for {@code key} is under way, or about to begin. */
  public boolean isUnderWay(K key) {
    return flights.containsKey(key);
  }

  /**
   * Has nobody join the work for {@code key} any more that has begun: who comes from now on has it
   * done anew, while those who wait get what it comes to. Work that has yet to begin is as good as
   * new.
   */
  public void forget(K key) {
    Flight<K, V> flight = flights.get(key);
    if (flight != null && !flight.isNew()) {
      flights.remove(key, flight);
    }
  }

  /** Does so for all keys: see {@link #forget}. */
  public void forgetAll() {
    flights.values().removeIf(flight -> !flight.isNew());
  }

  /** Frees the key of a flight that is about to land. */
  void end(Flight<K, V> flight) {
    flights.remove(flight.key(), flight);
  }

  /** What work for {@code key} is called in other processes; null where they don't know of it. */
  public @Nullable String name(K key) {
    return name == null ? null : name + "/" + key;
  }

  /**
   * Overflows the stack here, if it is about to, rather than where a flight has begun and could not
   * land any more.
   */
  private static int reserveStack(int frames) {
    return frames == 0 ? 0 : 1 + reserveStack(frames - 1);
  }
}
