package io.groupcache.singleflight;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for what, in all single flights of this JVM: work for one key may wait for work for
 * another, elsewhere, and such a chain must not close. Safe for use from many threads.
 */
final class Waits {

  private static final ConcurrentHashMap<Thread, Wait> WAITING = new ConcurrentHashMap<>();

  private Waits() {}

  /** One thread's wait for some flights. */
  record Wait(
      Collection<? extends Flight<?, ?>> flights,
      @Nullable Map<Object, ? extends Flight<?, ?>> ownByKey) {

    /** What the thread waits for where it does so for {@code flight}. */
    Collection<? extends Flight<?, ?>> of(Flight<?, ?> flight) {
      if (ownByKey == null) {
        return flights;
      }
      Flight<?, ?> own = ownByKey.get(flight.key());
      return own == null ? List.of() : List.of(own);
    }
  }

  /**
   * Says that a thread will wait for these flights, and for no others. To be said before {@link
   * #neverEnds} is asked, so that of two threads that close a circle one sees it.
   */
  static Wait begin(Thread thread, Collection<? extends Flight<?, ?>> flights) {
    return begin(thread, flights, false);
  }

  /**
   * Says the same of a thread that pilots several flights.
   *
   * @param eachItsOwn whether each of them waits for that of its own key only
   */
  static Wait begin(Thread thread, Collection<? extends Flight<?, ?>> flights, boolean eachItsOwn) {
    Map<Object, Flight<?, ?>> ownByKey = null;
    if (eachItsOwn) {
      ownByKey = new HashMap<>();
      for (Flight<?, ?> flight : flights) {
        ownByKey.put(flight.key(), flight);
      }
    }
    Wait wait = new Wait(flights, ownByKey);
    WAITING.put(thread, wait);
    return wait;
  }

  /** Whether that is what the thread waits for; not if it has waited for something else since. */
  @SuppressWarnings("ReferenceEquality") // another of the same flights is not the same wait
  static boolean is(Thread thread, @Nullable Wait wait) {
    return of(thread) == wait;
  }

  /** What the thread waits for; null when it doesn't. */
  static @Nullable Wait of(Thread thread) {
    return WAITING.get(thread);
  }

  /** Says that it waits no more. */
  static void end(Thread thread) {
    WAITING.remove(thread);
  }

  /** Whether a flight can't land because, directly or not, it waits for that thread. */
  static boolean neverEnds(Flight<?, ?> flight, Thread thread) {
    Thread pilot = flight.pilot();
    boolean works = pilot != thread && (pilot == null || !WAITING.containsKey(pilot));
    return !works && leadsTo(thread, flight, flight, new HashSet<>());
  }

  private static boolean leadsTo(
      Thread thread, Flight<?, ?> start, Flight<?, ?> flight, Set<Thread> seen) {
    Thread pilot = flight.pilot();
    if (pilot == null || flight.hasLanded()) {
      return false;
    }
    Wait wait = of(pilot);
    boolean eachItsOwn = wait != null && wait.ownByKey() != null;
    boolean leads = pilot == thread && !eachItsOwn;
    if (!leads && wait != null && flight.isWhatFor(wait) && (eachItsOwn || seen.add(pilot))) {
      for (Flight<?, ?> next : wait.of(flight)) {
        boolean closes = pilot == thread && next.equals(start);
        leads |= closes || leadsTo(thread, start, next, seen);
      }
    }
    // A pilot that has landed it, or handed it over, may wait for something else by now.
    return leads && flight.pilot() == pilot && !flight.hasLanded();
  }
}
