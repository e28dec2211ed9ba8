package io.groupcache.internal.load;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Getter;
import io.groupcache.ResultHandler;
import io.groupcache.Source;
import io.groupcache.internal.CommonSettings;
import io.groupcache.internal.Counts;
import io.groupcache.internal.LoadFailures;
import io.groupcache.internal.cache.CachePair;
import io.groupcache.internal.cache.TimePolicy;
import io.groupcache.singleflight.Caller;
import io.groupcache.singleflight.Flight;
import io.groupcache.singleflight.LandingListener;
import io.groupcache.singleflight.SingleFlight;
import io.groupcache.singleflight.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** How a group loads keys on this peer: with its getter, each key once at a time. */
public final class LocalLoads {

  /** Those who want one key each are one asker, as far as turns go. */
  private static final Object SINGLE_GETS = new Object();

  private final CommonSettings settings;
  private final CachePair caches;
  private final Counts counts;
  private final SingleFlight<String, GetResult> flights;
  private final LoadFailures failures;
  private final LoadQueue queue;
  private final GetterCalls getter;

  /** Makes the loads of a group, of which so many may run at a time. */
  public LocalLoads(
      String group,
      Getter getter,
      CommonSettings settings,
      int maxConcurrentLoads,
      TimePolicy times,
      CachePair caches,
      Counts counts) {
    this.settings = settings;
    this.caches = caches;
    this.counts = counts;
    this.flights = new SingleFlight<>(group, settings.timeoutNanos());
    this.failures = new LoadFailures(group);
    this.queue = new LoadQueue(settings.executor(), maxConcurrentLoads);
    this.getter = new GetterCalls(group, getter, settings.maxValueBytes(), times, caches, counts);
  }

  /**
   * Loads a key, or waits for the load that is under way.
   *
   * @param context how long the caller waits
   * @param load the context of the getter, should it be called
   * @param counted whether this load is not yet counted as one that runs
   */
  public GetResult load(GetContext context, GetContext load, String key, boolean counted) {
    Caller me = failures.callerInTime(context, key);
    try {
      refuseCircle(load, key);
      // Nobody can leave a getter that runs in its own thread: not at a deadline, for one.
      return context.hasDeadline() || queue.isLimited()
          ? loadElsewhere(me, load, key, counted)
          : flights.run(key, me, () -> lookAndLoad(load, key, counted));
    } catch (Exception e) {
      throw failures.told(key, e);
    }
  }

  private GetResult loadElsewhere(Caller me, GetContext load, String key, boolean counted)
      throws Exception {
    while (true) {
      Flight<String, GetResult> flight = flights.join(key, leader(load));
      if (flight.isNew()) {
        start(flight, load, counted);
      }
      try {
        if (flight.await(me)) {
          return flight.result();
        }
      } catch (TimeoutException late) {
        throw flight.isNew() ? failures.stillWaiting(queue.maxLoads()) : late;
      }
    }
  }

  /**
   * Has keys loaded, and tells {@code results} of each: in this call, or in other threads once it
   * is there. Never waits.
   *
   * @param asker takes turns with others where loads have to wait
   * @param load the context of the getter
   * @param maxConcurrent how many of the keys may be loaded at a time
   * @param counted whether these loads are not yet counted as ones that run
   */
  public void loadAll(
      Object asker,
      GetContext load,
      Collection<String> keys,
      int maxConcurrent,
      boolean counted,
      ResultHandler<GetResult> results) {
    List<Flight<String, GetResult>> toLoad = new ArrayList<>();
    for (String key : keys) {
      Listener listener = new Listener(load, key, counted, results);
      try {
        refuseCircle(load, key);
        Flight<String, GetResult> flight = flights.join(key, leader(load));
        boolean first = flight.isNew();
        flight.onLanding(listener);
        if (first) {
          toLoad.add(flight);
        } else {
          flight.refuseCircle();
        }
      } catch (IllegalStateException circle) {
        listener.fail(circle);
      }
    }
    if (!toLoad.isEmpty()) {
      boolean unbounded = keys.size() == 1 || isNested(load);
      queue.addAll(asker, loads(toLoad, load, counted), maxConcurrent, unbounded);
    }
  }

  /**
   * Has a key loaded anew that is held, unless it is being loaded: in another thread, and in no
   * caller's way.
   *
   * @param load the context of the getter
   */
  public void refresh(GetContext load, String key) {
    if (flights.isUnderWay(key)) {
      return;
    }
    Flight<String, GetResult> flight = flights.join(key, leader(load));
    if (!flight.isNew()) {
      return;
    }
    Load refresh = new Load(List.of(flight), begun -> flight.fly(() -> loadAnew(load, key)));
    queue.addAll(SINGLE_GETS, List.of(refresh), 1, false);
  }

  /**
   * What is served in place of a failure: a value whose time was up a moment ago; else throws it.
   */
  public GetResult staleOr(String key, RuntimeException failure) {
    return getter.staleOr(key, failure);
  }

  /** A key has changed: nobody waits any more for a load of it that has begun. */
  public void forget(String key) {
    flights.forget(key);
  }

  /** All keys have changed: see {@link #forget}. */
  public void forgetAll() {
    flights.forgetAll();
  }

  /** Whether a load of {@code key} is under way. */
  public boolean isUnderWay(String key) {
    return flights.isUnderWay(key);
  }

  /** Whether a load waits for these, here or on another peer. */
  private static boolean isNested(GetContext load) {
    return Work.current() != null || !load.ancestors().isEmpty();
  }

  /** What waits for a load on other peers must not be what that load would wait for. */
  private void refuseCircle(GetContext load, String key) {
    List<String> ancestors = load.ancestors();
    if (!ancestors.isEmpty() && ancestors.contains(flights.name(key))) {
      throw new IllegalStateException("A load on another peer waits for this one, and it for that");
    }
  }

  private List<Load> loads(
      List<Flight<String, GetResult>> toLoad, GetContext load, boolean counted) {
    if (getter.isBulk()) {
      return List.of(new Load(toLoad, begun -> loadInOneGo(load, begun, counted)));
    }
    List<Load> loads = new ArrayList<>(toLoad.size());
    for (Flight<String, GetResult> flight : toLoad) {
      loads.add(load(flight, load, counted));
    }
    return loads;
  }

  private Load load(Flight<String, GetResult> flight, GetContext load, boolean counted) {
    return new Load(
        List.of(flight), begun -> flight.fly(() -> lookAndLoad(load, flight.key(), counted)));
  }

  /** Whoever wants one key has it loaded at once, also where it waits for its turn. */
  private void start(Flight<String, GetResult> flight, GetContext load, boolean counted) {
    if (queue.isLimited()) {
      queue.add(SINGLE_GETS, load(flight, load, counted));
    } else if (flight.begin()) {
      try {
        settings
            .executor()
            .execute(() -> flight.fly(() -> lookAndLoad(load, flight.key(), counted)));
      } catch (RuntimeException refusal) {
        flight.fail(new RejectedExecutionException(refusal));
      } catch (Error noThread) {
        flight.fail(noThread);
        throw noThread;
      }
    }
  }

  private GetResult lookAndLoad(GetContext load, String key, boolean counted) {
    GetResult cached = caches.lookAgain(key);
    if (cached != null) {
      return cached;
    }
    if (counted) {
      counts.loadsDeduped.increment();
    }
    return getter.get(load, key);
  }

  private GetResult loadAnew(GetContext load, String key) {
    GetResult result = null;
    try {
      result = getter.get(load, key);
      return result;
    } finally { // what it failed with is for those who have joined, if any
      boolean done = result != null && result.source() == Source.LOAD;
      (done ? counts.refreshes : counts.refreshErrors).increment();
    }
  }

  private void loadInOneGo(
      GetContext load, List<Flight<String, GetResult>> flights, boolean counted) {
    try {
      List<Flight<String, GetResult>> missing = new ArrayList<>(flights);
      missing.removeIf(this::landFromCache);
      if (!missing.isEmpty()) {
        if (counted) {
          counts.loadsDeduped.add(missing.size());
        }
        Work.call(
            missing,
            () -> {
              getter.getAll(load, missing);
              return missing;
            });
      }
    } catch (Throwable failure) { // an Error too must reach every caller as a failed load
      flights.forEach(flight -> flight.fail(failure));
    }
  }

  private boolean landFromCache(Flight<String, GetResult> flight) {
    GetResult held = caches.lookAgain(flight.key());
    if (held != null) {
      flight.succeed(held);
    }
    return held != null;
  }

  /** A load has time of its own, whoever wants it first. */
  private static Caller leader(GetContext load) {
    return Caller.within(load.remainingNanos());
  }

  /** Tells of one key that was asked for together with others. */
  private final class Listener implements LandingListener<String, GetResult> {

    private final GetContext load;
    private final String key;
    private final boolean counted;
    private final ResultHandler<GetResult> results;
    private volatile boolean told;

    Listener(GetContext load, String key, boolean counted, ResultHandler<GetResult> results) {
      this.load = load;
      this.key = key;
      this.counted = counted;
      this.results = results;
    }

    @Override
    public boolean isWaiting() {
      return !told && results.isWaiting(key);
    }

    @Override
    public List<String> ancestors() {
      if (told) {
        return List.of();
      }
      List<String> known = results.ancestors(key);
      return known.isEmpty() ? load.ancestors() : known;
    }

    @Override
    public void landed(Flight<String, GetResult> flight) {
      if (told) {
        return;
      }
      if (flight.isAbandoned() && isWaiting()) {
        loadAll(this, load, List.of(key), 1, counted, results);
        return;
      }
      GetResult result;
      try {
        result = flight.result();
      } catch (Throwable failure) {
        fail(failure);
        return;
      }
      told = true;
      results.onValue(key, result);
    }

    void fail(Throwable failure) {
      told = true;
      results.onFailure(key, failures.told(key, failure));
    }
  }
}
