package io.groupcache.spring.http.server;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Group;
import io.groupcache.LoadException;
import io.groupcache.ResultHandler;
import io.groupcache.spring.http.server.AnswerThreads.Cancellable;
import io.groupcache.spring.http.server.PromisedLoad.Outcome;
import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.PeerPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;

/** Begins loads for other peers, so many at a time. Safe for use from many threads. */
final class LoadsForPeers {

  /** How many keys of one request are loaded at a time, at the most. */
  private static final int MAX_LOADS_OF_A_REQUEST = 64;

  private static final Outcome OVERLOADED =
      new Outcome.Failure(
          PeerError.OVERLOADED,
          "This peer is loading as many keys for others as"
              + " groupcache.server.max-concurrent-requests allows");

  private final PromisedLoads promised;
  private final AnswerThreads threads;
  private final long timeoutNanos;
  private final Semaphore permits;

  /** Makes one that gives back the permit of a load which takes longer than that. */
  LoadsForPeers(
      PromisedLoads promised, AnswerThreads threads, long timeoutNanos, int maxConcurrent) {
    this.promised = promised;
    this.threads = threads;
    this.timeoutNanos = timeoutNanos;
    this.permits = new Semaphore(maxConcurrent);
  }

  /** How many more loads could begin. */
  int freePermits() {
    return permits.availablePermits();
  }

  /**
   * Begins to load keys that are not held, and returns at once. Only what is not loading already
   * takes a permit.
   *
   * @param ancestors the loads on other peers that wait for all of them
   * @param message what is told of a getter's failure
   */
  List<PromisedLoad> begin(
      Group group,
      GetContext context,
      Collection<String> keys,
      List<String> ancestors,
      BiFunction<PeerPath, LoadException, String> message) {
    Map<String, PromisedLoad> loads = new LinkedHashMap<>();
    List<String> joined = new ArrayList<>();
    List<String> begun = new ArrayList<>();
    for (String key : keys) {
      loads.put(key, promised.add(group.name(), key, ancestors));
      (group.isLoading(key) ? joined : begun).add(key);
    }
    RequestPermits own =
        RequestPermits.take(permits, Math.min(begun.size(), MAX_LOADS_OF_A_REQUEST));
    if (!begun.isEmpty() && own.count() == 0) {
      begun.forEach(key -> promised.land(Objects.requireNonNull(loads.get(key)), OVERLOADED));
      begun.clear();
    }
    GetContext loading = context.withAncestors(() -> ancestors);
    load(group, loading, joined, loads, RequestPermits.take(permits, 0), message);
    load(group, loading, begun, loads, own, message);
    return List.copyOf(loads.values());
  }

  private void load(
      Group group,
      GetContext context,
      List<String> keys,
      Map<String, PromisedLoad> loads,
      RequestPermits own,
      BiFunction<PeerPath, LoadException, String> message) {
    if (keys.isEmpty()) {
      own.close();
      return;
    }
    Landing landing = new Landing(group.name(), loads, keys.size(), own, message);
    try {
      group.load(context, keys, Math.max(1, own.count()), landing);
    } catch (RuntimeException failure) { // it is closed
      keys.forEach(key -> landing.onFailure(key, failure));
    }
  }

  /** Keeps what the keys come to for those who wait for them. */
  private final class Landing implements ResultHandler<GetResult> {

    private final String group;
    private final Map<String, PromisedLoad> loads;
    private final RequestPermits own;
    private final BiFunction<PeerPath, LoadException, String> message;
    private final Cancellable end;
    private int untold; // guarded by this

    Landing(
        String group,
        Map<String, PromisedLoad> loads,
        int untold,
        RequestPermits own,
        BiFunction<PeerPath, LoadException, String> message) {
      this.group = group;
      this.loads = loads;
      this.untold = untold;
      this.own = own;
      this.message = message;
      this.end = own.count() == 0 ? () -> {} : threads.schedule(own::close, timeoutNanos);
    }

    @Override
    public void onValue(String key, GetResult result) {
      land(key, new Outcome.Value(result));
    }

    @Override
    public void onFailure(String key, RuntimeException failure) {
      land(key, KeyFailure.of(failure, load -> message.apply(new PeerPath(group, key), load)));
    }

    @Override
    public boolean isWaiting(String key) {
      PromisedLoad load = loads.get(key);
      return load != null && load.unwantedNanos() < PromisedLoads.PATIENCE_NANOS;
    }

    @Override
    public List<String> ancestors(String key) {
      PromisedLoad load = loads.get(key);
      return load == null ? List.of() : load.ancestors();
    }

    private void land(String key, Outcome outcome) {
      synchronized (this) {
        untold--;
        own.keepAtMost(untold);
        if (untold == 0) {
          end.cancel();
        }
      }
      PromisedLoad load = loads.get(key);
      if (load != null) {
        promised.land(load, outcome);
      }
    }
  }
}
