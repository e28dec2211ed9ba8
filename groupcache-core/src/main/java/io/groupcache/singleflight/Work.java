package io.groupcache.singleflight;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What one thread does for one flight, or for several in one go. It is known to what that thread
 * asks for meanwhile, so that work that would wait for itself, directly or through other work, is
 * refused. Safe for use from many threads.
 */
public final class Work {

  private static final ThreadLocal<@Nullable Work> CURRENT = new ThreadLocal<>();

  private final Collection<? extends Flight<?, ?>> flights;

  Work(Collection<? extends Flight<?, ?>> flights) {
    this.flights = flights;
  }

  /** The work that this thread does; null when it does none. */
  public static @Nullable Work current() {
    return CURRENT.get();
  }

  /**
   * Calls {@code work} for flights that this thread has {@linkplain Flight#begin begun}.
   *
   * @throws Exception what {@code work} throws
   */
  public static <T> T call(Collection<? extends Flight<?, ?>> flights, Callable<T> work)
      throws Exception {
    Work outer = CURRENT.get();
    Work mine = new Work(flights);
    flights.forEach(flight -> flight.doneBy(mine));
    CURRENT.set(mine);
    try {
      return work.call();
    } finally {
      CURRENT.set(outer);
    }
  }

  /**
   * The {@linkplain Flight#name names} of all work that waits for this, its own included, here and
   * in other processes; as it is now.
   */
  public List<String> ancestors() {
    Set<String> names = new LinkedHashSet<>();
    for (Work work : withAllThatWait()) {
      for (Flight<?, ?> flight : work.flights) {
        String name = flight.name();
        if (name != null) {
          names.add(name);
        }
        flight.addRemoteAncestors(names);
      }
    }
    return List.copyOf(names);
  }

  /** Whether {@code other}, which this is about to wait for, waits for this. */
  boolean isAwaitedBy(@Nullable Work other) {
    return other != null && withAllThatWait().contains(other);
  }

  private Collection<Work> withAllThatWait() {
    Set<Work> seen = new HashSet<>();
    List<Work> found = new ArrayList<>();
    found.add(this);
    seen.add(this);
    for (int i = 0; i < found.size(); i++) {
      for (Flight<?, ?> flight : found.get(i).flights) {
        for (Work waiting : flight.waitingWork()) {
          if (seen.add(waiting)) {
            found.add(waiting);
          }
        }
      }
    }
    return found;
  }
}
