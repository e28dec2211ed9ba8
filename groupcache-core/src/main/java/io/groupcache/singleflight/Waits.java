package io.groupcache.singleflight;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who waits for what, in all single flights of this JVM: work for one key may wait for work for
 * another, elsewhere, and such a chain must not close. Safe for use from many threads.
 */
final class Waits {

  private static final ConcurrentHashMap<Thread, Collection<? extends Flight<?, ?>>> WAITING =
      new ConcurrentHashMap<>();

  private Waits() {}

  /**
   * Says that a thread will wait for these flights. To be said before {@link #wouldNeverEnd} is
   * asked, so that of two threads that close a circle one sees it.
   */
  static void begin(Thread thread, Collection<? extends Flight<?, ?>> flights) {
    WAITING.put(thread, flights);
  }

  /** Says that it waits no more. */
  static void end(Thread thread) {
    WAITING.remove(thread);
  }

  /** Whether a flight can't land because, directly or not, it waits for that thread. */
  static boolean wouldNeverEnd(Flight<?, ?> flight, Thread thread) {
    return leadsTo(thread, flight, new HashSet<>());
  }

  private static boolean leadsTo(Thread thread, Flight<?, ?> flight, Set<Thread> seen) {
    Thread pilot = flight.pilot();
    if (pilot == null || flight.hasLanded()) {
      return false;
    }
    boolean leads = pilot == thread;
    if (!leads && seen.add(pilot)) {
      for (Flight<?, ?> next : WAITING.getOrDefault(pilot, List.of())) {
        leads |= leadsTo(thread, next, seen);
      }
    }
    // A pilot that has landed may wait for something else by now, which is not this flight's.
    return leads && !flight.hasLanded();
  }
}
