package io.groupcache.singleflight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One caller's wait for the flights of many keys, which {@link SingleFlight#board} adds, of one or
 * of several single flights. To be used by one thread.
 *
 * @param <K> keys
 * @param <V> results
 */
public final class Landings<K, V> {

  private final Caller caller;
  private final List<Boarding<K, V>> boardings = new ArrayList<>();

  /** What has landed and is not told yet, the latest first. */
  private final AtomicReference<@Nullable Boarding<K, V>> landed = new AtomicReference<>();

  private int untold;

  /** Whether flights have been queued meanwhile that this caller joined. */
  private volatile boolean anyQueued;

  /** What {@link Waits} has been told last; null when there is more to tell. */
  private Waits.@Nullable Wait wait;

  /** Whether the caller pilots flights of these keys, each of which waits for its own here. */
  private final boolean eachItsOwn;

  /** Makes a wait of this thread, for no flights yet. */
  public Landings(Caller me) {
    this(me, false);
  }

  private Landings(Caller me, boolean eachItsOwn) {
    this.caller = me;
    this.eachItsOwn = eachItsOwn;
  }

  /**
   * Makes a wait of a thread that pilots a flight of each key that it waits for, of another single
   * flight: each of those waits for its own key only, and not for the others.
   */
  public static <K, V> Landings<K, V> ofPilot(Caller me) {
    return new Landings<>(me, true);
  }

  /** Is told what became of each key, in the thread that waits. */
  public interface Listener<K, V> {

    /** The work for {@code key} gave a result. */
    void succeeded(K key, V result);

    /**
     * There is none: the work threw {@code failure}, or took too long (a {@link TimeoutException}),
     * or this thread was interrupted (an {@link InterruptedException}, with the flag set), or would
     * have waited for itself (an {@link IllegalStateException}).
     */
    void failed(K key, Throwable failure);

    /** The thread is about to wait for the next landing. */
    default void waiting() {}
  }

  /** Waits for all flights, and tells of each as it lands. What the listener throws ends it. */
  public void await(Listener<? super K, ? super V> listener) {
    try {
      while (untold > 0) {
        Boarding<K, V> next = takeLanded();
        while (next != null) {
          tell(next, listener);
          next = next.nextLanded;
        }
        if (untold > 0 && landed.get() == null) {
          park(listener);
        }
      }
    } finally {
      Waits.end(caller.thread());
    }
  }

  Caller caller() {
    return caller;
  }

  /**
   * Adds a flight, of which this caller is the first or another.
   *
   * @return whether {@code crew} has to fly it
   */
  boolean add(SingleFlight<K, V> flights, Crew<K, V> crew, Flight<K, V> flight, boolean first) {
    Boarding<K, V> boarding = new Boarding<>(this, flights, crew, flight, first);
    boardings.add(boarding);
    untold++;
    wait = null;
    if (!flight.add(boarding)) {
      boarding.landed();
    }
    boarding.crewHasIt |= flight.isQueued();
    return boarding.crewHasIt;
  }

  /** Those that have landed, in their order. */
  private @Nullable Boarding<K, V> takeLanded() {
    Boarding<K, V> latest = landed.getAndSet(null);
    Boarding<K, V> inOrder = null;
    while (latest != null) {
      Boarding<K, V> earlier = latest.nextLanded;
      latest.nextLanded = inOrder;
      inOrder = latest;
      latest = earlier;
    }
    return inOrder;
  }

  private void tell(Boarding<K, V> boarding, Listener<? super K, ? super V> listener) {
    if (boarding.told) {
      return; // of a circle, before it landed
    }
    Flight<K, V> flight = boarding.flight;
    if (flight.isAbandonedFor(caller)) {
      told(boarding);
      boarding.flights.board(List.of(flight.key()), this, boarding.crew);
      return;
    }
    V result;
    try {
      result = flight.result();
    } catch (Throwable failure) {
      fail(boarding, failure, listener);
      return;
    }
    told(boarding);
    listener.succeeded(flight.key(), result);
  }

  private void fail(
      Boarding<K, V> boarding, Throwable failure, Listener<? super K, ? super V> listener) {
    told(boarding);
    listener.failed(boarding.flight.key(), failure);
  }

  private void told(Boarding<K, V> boarding) {
    boarding.told = true;
    untold--;
  }

  private void park(Listener<? super K, ? super V> listener) {
    if (anyQueued) {
      anyQueued = false;
      hastenQueued();
      return;
    }
    if (wait == null || !Waits.is(caller.thread(), wait)) { // the listener may have waited, too
      refuseCircles(listener);
      return; // and look again: what was refused may have been the last
    }
    long left = caller.nanosLeft();
    if (caller.thread().isInterrupted()) {
      giveUp(new InterruptedException(), listener);
    } else if (left <= 0) {
      giveUp(new TimeoutException("The work took too long"), listener);
    } else {
      listener.waiting();
      if (landed.get() == null && !anyQueued) { // the listener may have used up the wake-up
        LockSupport.parkNanos(this, left);
      }
    }
  }

  /** Has those flown at once that wait for their turn, which may come only after this caller's. */
  private void hastenQueued() {
    Map<Crew<K, V>, List<Flight<K, V>>> queued = new HashMap<>();
    untold()
        .filter(boarding -> !boarding.crewHasIt && boarding.flight.isQueued())
        .forEach(boarding -> {
          boarding.crewHasIt = true;
          queued.computeIfAbsent(boarding.crew, crew -> new ArrayList<>()).add(boarding.flight);
        });
    queued.forEach((crew, theirs) -> Flight.hasten(crew, caller, theirs));
  }

  private void refuseCircles(Listener<? super K, ? super V> listener) {
    wait =
        Waits.begin(
            caller.thread(), untold().map(boarding -> boarding.flight).toList(), eachItsOwn);
    List<Boarding<K, V>> circles =
        untold().filter(boarding -> Waits.neverEnds(boarding.flight, caller.thread())).toList();
    if (!circles.isEmpty()) {
      wait = null;
      Waits.end(caller.thread()); // nobody else is to see a circle that is broken here
      circles.forEach(boarding -> fail(boarding, Flight.circle(), listener));
    }
  }

  private void giveUp(Exception why, Listener<? super K, ? super V> listener) {
    untold().toList().forEach(boarding -> fail(boarding, why, listener));
  }

  private Stream<Boarding<K, V>> untold() {
    return boardings.stream().filter(boarding -> !boarding.told);
  }

  /** One flight that this caller waits for. */
  private static final class Boarding<K, V> extends Waiter {

    final Landings<K, V> landings;
    final SingleFlight<K, V> flights;
    final Crew<K, V> crew;
    final Flight<K, V> flight;

    /** Whether it is for this caller's crew to fly, so that no turn has to be waited for. */
    boolean crewHasIt;

    boolean told;
    @Nullable Boarding<K, V> nextLanded;

    Boarding(
        Landings<K, V> landings,
        SingleFlight<K, V> flights,
        Crew<K, V> crew,
        Flight<K, V> flight,
        boolean crewHasIt) {
      this.landings = landings;
      this.flights = flights;
      this.crew = crew;
      this.flight = flight;
      this.crewHasIt = crewHasIt;
    }

    @Override
    void landed() {
      Boarding<K, V> latest;
      do {
        latest = landings.landed.get();
        nextLanded = latest;
      } while (!landings.landed.compareAndSet(latest, this));
      if (latest == null) { // else somebody has woken it already
        LockSupport.unpark(landings.caller.thread());
      }
    }

    @Override
    void queued() {
      if (!crewHasIt && !landings.anyQueued) {
        landings.anyQueued = true;
        LockSupport.unpark(landings.caller.thread());
      }
    }
  }
}
