package io.groupcache;

import io.groupcache.singleflight.Caller;
import io.groupcache.singleflight.Crew;
import io.groupcache.singleflight.Flight;
import io.groupcache.singleflight.Landings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How a group loads keys on this peer: with its getter, each key once at a time. */
final class LocalLoads {

  private final CommonSettings settings;
  private final CachePair caches;
  private final Counts counts;
  private final Flights flights;
  private final LoadPermits permits;
  private final GetterCalls getter;

  LocalLoads(
      String group,
      Getter getter,
      CommonSettings settings,
      int maxConcurrentLoads,
      CachePair caches,
      Counts counts) {
    this.settings = settings;
    this.caches = caches;
    this.counts = counts;
    this.flights = new Flights(group, settings.timeoutNanos());
    this.permits = new LoadPermits(group, maxConcurrentLoads);
    this.getter = new GetterCalls(group, getter, settings.maxValueBytes(), caches, counts);
  }

  /** Loads a key that this peer owns, or has to answer for. */
  GetResult load(GetContext context, String key) {
    return load(context, key, true);
  }

  /** Loads a key that no peer could give, together with the peers' requests for it. */
  GetResult loadInstead(GetContext context, String key) {
    return load(context, key, false);
  }

  /** Has keys loaded that this peer owns, or has to answer for. */
  void board(
      GetContext context,
      Collection<String> keys,
      int maxAtATime,
      Landings<String, GetResult> landings) {
    flights.board(keys, landings, new Loaders(context, maxAtATime, true));
  }

  /** Has keys loaded that no peer could give, together with the peers' requests for them. */
  void boardInstead(
      GetContext context,
      Collection<String> keys,
      int maxAtATime,
      Landings<String, GetResult> landings) {
    flights.board(keys, landings, new Loaders(context, maxAtATime, false));
  }

  /** Whether keys that are boarded may have to wait for their turn. */
  boolean areInTurn() {
    return !getter.isBulk();
  }

  /** Has keys loaded at once that have been boarded and wait for their turn. */
  void hasten(GetContext context, Collection<String> keys, int maxAtATime) {
    flights.hasten(context, keys, new Loaders(context, maxAtATime, false));
  }

  private GetResult load(GetContext context, String key, boolean counted) {
    Callable<GetResult> load = () -> lookAndLoad(context, key, counted);
    // Nobody can leave a getter that runs in its own thread: not at a deadline, for one.
    return context.hasDeadline()
        ? flights.fly(
            context, key, work -> permits.execute(context, settings.executor(), work), load)
        : flights.fly(context, key, () -> permits.call(context, load));
  }

  /** Loads as soon as it may, and not at all when nobody has waited so long. */
  private <T> T loadInTurn(GetContext context, String key, Callable<T> load) throws Exception {
    if (context.remainingNanos() <= 0) {
      throw flights.noTimeLeft(key);
    }
    return permits.call(context, load);
  }

  private GetResult lookAndLoad(GetContext context, String key, boolean counted) {
    GetResult cached = caches.lookAgain(key);
    if (cached != null) {
      return cached;
    }
    if (counted) {
      counts.loadsDeduped.increment();
    }
    return getter.get(context, key);
  }

  /** Loads the keys of one get of many; in other threads, so that each is told of when it comes. */
  private final class Loaders implements Crew<String, GetResult> {

    private final GetContext context;
    private final int maxAtATime;
    private final boolean counted;

    Loaders(GetContext context, int maxAtATime, boolean counted) {
      this.context = context;
      this.maxAtATime = maxAtATime;
      this.counted = counted;
    }

    @Override
    public boolean queues() {
      return areInTurn();
    }

    @Override
    public void fly(Caller caller, List<Flight<String, GetResult>> some) {
      if (getter.isBulk()) {
        flights.start(settings.executor(), () -> loadInOneGo(caller, some));
        return;
      }
      Thread callersThread = Thread.currentThread();
      Queue<Flight<String, GetResult>> waiting = new ConcurrentLinkedQueue<>(some);
      Runnable loads =
          () -> {
            for (var flight = waiting.poll(); flight != null; flight = waiting.poll()) {
              String key = flight.key();
              flight.fly(
                  caller, () -> loadInTurn(context, key, () -> lookAndLoad(context, key, counted)));
              if (Thread.currentThread() != callersThread) {
                Thread.interrupted(); // what one getter left behind is not to stop the next
              }
            }
          };
      int threads = Math.min(some.size(), Math.min(maxAtATime, permits.count()));
      flights.start(settings.executor(), threads, loads);
    }

    private void loadInOneGo(Caller caller, List<Flight<String, GetResult>> some) {
      List<Flight<String, GetResult>> missing = new ArrayList<>(some);
      missing.removeIf(flight -> !flight.begin(caller));
      try {
        missing.removeIf(flight -> caches.land(flight));
        if (!missing.isEmpty()) {
          loadInTurn(
              context,
              missing.get(0).key(),
              () -> {
                if (counted) {
                  counts.loadsDeduped.add(missing.size());
                }
                getter.getAll(context, missing);
                return missing;
              });
        }
      } catch (Throwable failure) { // an Error too must reach every caller as a failed load
        missing.forEach(flight -> flight.fail(failure));
      }
    }
  }
}
