package io.groupcache.internal.peer;

import io.groupcache.ByteView;
import io.groupcache.CacheType;
import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.GroupCacheException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.ProtoGetter;
import io.groupcache.ResultHandler;
import io.groupcache.Source;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.CommonSettings;
import io.groupcache.internal.Counts;
import io.groupcache.internal.LoadFailures;
import io.groupcache.internal.cache.CachePair;
import io.groupcache.internal.cache.Found;
import io.groupcache.internal.cache.TimePolicy;
import io.groupcache.internal.load.LocalLoads;
import io.groupcache.singleflight.Caller;
import io.groupcache.singleflight.SingleFlight;
import io.groupcache.singleflight.Work;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

/**
 * How a group gets keys that other peers own: from the owner, or from those who stand in for it, or
 * in the end from its own getter.
 */
public final class PeerLoads {

  private final String group;
  private final String nameBetweenPeers;
  private final CommonSettings settings;
  private final TimePolicy times;
  private final CachePair caches;
  private final Counts counts;
  private final LocalLoads localLoads;
  private final SingleFlight<String, GetResult> flights;
  private final LoadFailures failures;

  /**
   * Makes the loads of a group, the last resort of which are {@code localLoads}.
   *
   * @param nameBetweenPeers by which peers know the group
   */
  public PeerLoads(
      String group,
      String nameBetweenPeers,
      CommonSettings settings,
      TimePolicy times,
      CachePair caches,
      Counts counts,
      LocalLoads localLoads) {
    this.group = group;
    this.nameBetweenPeers = nameBetweenPeers;
    this.settings = settings;
    this.times = times;
    this.caches = caches;
    this.counts = counts;
    this.localLoads = localLoads;
    this.flights = new SingleFlight<>(null, settings.timeoutNanos());
    this.failures = new LoadFailures(group);
  }

  /**
   * Gets a key, or waits for the get of another caller.
   *
   * @param context how long the caller waits
   * @param load the context of the getter, should it be called here
   */
  public GetResult load(ProtoGetter owner, GetContext context, GetContext load, String key) {
    Caller me = failures.callerInTime(context, key);
    Callable<GetResult> ask =
        () -> {
          GetResult cached = caches.lookAgain(key);
          if (cached != null) {
            return cached;
          }
          counts.loadsDeduped.increment();
          return ask(owner, context, load, key);
        };
    boolean canLeave = !context.hasDeadline() || owner.endsInTime();
    try {
      return canLeave ? flights.run(key, me, ask) : flights.run(key, me, settings.executor(), ask);
    } catch (Exception e) {
      throw failures.told(key, e);
    }
  }

  /**
   * Has the keys of one owner got, in other threads, and {@code results} told of each. No flight of
   * this peer's merges them with other gets: the owner merges loads.
   */
  public void loadAll(
      ProtoGetter owner,
      GetContext context,
      GetContext load,
      Collection<String> keys,
      int maxLoadsHere,
      ResultHandler<GetResult> results) {
    counts.loadsDeduped.add(keys.size());
    Work mine = Work.current();
    GetContext asking = asking(context);
    PeerBatch batch =
        mine == null
            ? new PeerBatch(this, asking, load, maxLoadsHere, results)
            : new PeerBatch(
                this,
                asking.withAncestors(mine::ancestors),
                load.withAncestors(mine::ancestors),
                maxLoadsHere,
                results);
    batch.begin(owner, keys);
  }

  private GetResult ask(ProtoGetter owner, GetContext context, GetContext load, String key) {
    // What waits for this flight may become more while it goes on.
    GetContext asking =
        asking(context).withAncestors(Objects.requireNonNull(Work.current())::ancestors);
    Failover failover = failover(owner, key, context);
    ProtoGetter peer = owner;
    while (peer != null) {
      PeerOutcome outcome = ask(peer, asking, key);
      if (outcome instanceof PeerOutcome.Value value) {
        return received(key, value.response(), failover.ticket());
      }
      if (outcome instanceof PeerOutcome.LastWord lastWord) {
        return staleOr(key, lastWord.failure(), failover.ticket());
      }
      peer = failover.next((PeerOutcome.NoAnswer) outcome);
    }
    try {
      return localLoads.load(context, load, key, false);
    } catch (GroupCacheException failure) {
      throw failover.explained(failure);
    }
  }

  private PeerOutcome ask(ProtoGetter peer, GetContext context, String key) {
    try {
      return new PeerOutcome.Value(
          Objects.requireNonNull(
              peer.get(
                  contextFor(peer, context),
                  GetRequest.newBuilder().setGroup(nameBetweenPeers).setKey(key).build()),
              "the peer's answer"));
    } catch (Throwable failure) { // an Error too: a local load would spare the callers that
      PeerOutcome outcome = PeerOutcome.of(failure);
      if (outcome instanceof PeerOutcome.NoAnswer noAnswer) {
        count(noAnswer);
        if (Thread.currentThread().isInterrupted()) {
          throw failures.interrupted(key, failure);
        }
      }
      return outcome;
    }
  }

  String nameBetweenPeers() {
    return nameBetweenPeers;
  }

  Failover failover(ProtoGetter owner, String key, GetContext context) {
    return new Failover(settings.peers(), owner, key, caches.ticket(key), context);
  }

  /** What is known by the time a peer is asked goes with the question. */
  private GetContext asking(GetContext context) {
    return settings.changes().carriedBy(context, group);
  }

  /** One that knows no silence must not take what is left for a load here. */
  static GetContext contextFor(ProtoGetter peer, GetContext context) {
    return peer.endsInTime() || !context.hasDeadline()
        ? context
        : context.withTimeout(Duration.ofNanos(Math.max(0, context.remainingNanos() / 2)));
  }

  /** What a key gets that no thread could be had for. */
  RuntimeException refused(String key, Throwable refusal) {
    return failures.told(
        key, refusal instanceof Error ? refusal : new RejectedExecutionException(refusal));
  }

  /** Counts a request that failed; one that was not made is none. */
  void count(PeerOutcome.NoAnswer outcome) {
    if (outcome.wasAsked()) {
      counts.peerErrors.increment();
    }
  }

  /**
   * Takes a value that a peer has sent.
   *
   * @param ticket taken before the peer was asked
   */
  GetResult received(String key, GetResponse response, long ticket) {
    counts.loadsPeer.increment();
    ByteView held = SentValue.held(response, times);
    boolean isStale = response.getStale();
    if (isStale) {
      counts.stale.increment();
    } else if (settings.promotion().promote(key, response)) {
      caches.put(CacheType.HOT, key, held, ticket);
    }
    return new Found(held, Source.PEER, isStale);
  }

  /**
   * What is served here where the owner's getter has failed, and the owner has nothing left.
   *
   * @param ticket taken before the peer was asked
   */
  GetResult staleOr(String key, RuntimeException failure, long ticket) {
    if (failure instanceof KeyNotFoundException) {
      caches.remove(key, ticket);
    }
    return localLoads.staleOr(key, failure);
  }

  /**
   * Has the owner asked for a value that is mirrored here, in another thread, and in no caller's
   * way. The getter is not for this peer to call.
   */
  public void refresh(ProtoGetter owner, GetContext load, String key) {
    Callable<GetResult> ask =
        () -> {
          long ticket = caches.ticket(key);
          GetResponse response;
          try {
            response =
                owner.get(
                    asking(contextFor(owner, load)),
                    GetRequest.newBuilder().setGroup(nameBetweenPeers).setKey(key).build());
          } catch (KeyNotFoundException gone) {
            caches.remove(key, ticket);
            throw gone;
          }
          counts.loadsPeer.increment();
          ByteView held = SentValue.held(response, times);
          if (!response.getStale()) {
            // One that this peer holds as a stand-in, or did own, is found in the main cache first.
            boolean isInMain = caches.findInMain(key) != null;
            caches.put(isInMain ? CacheType.MAIN : CacheType.HOT, key, held, ticket);
          }
          return new Found(held, Source.PEER);
        };
    try {
      settings
          .executor()
          .execute(() -> {
            try {
              flights.run(key, failures.callerInTime(load, key), ask);
            } catch (Exception
                | Error failed) { // what is held serves on, and it is tried again later
              counts.refreshErrors.increment();
            }
          });
    } catch (RuntimeException | Error refused) { // no thread could be made, say: the value is there
      counts.refreshErrors.increment();
    }
  }

  /** A key has changed: nobody waits any more for an answer about it that is under way. */
  public void forget(String key) {
    flights.forget(key);
  }

  /** All keys have changed: see {@link #forget}. */
  public void forgetAll() {
    flights.forgetAll();
  }

  /** What a key gets for which there is no time left. */
  RuntimeException noTimeLeft(String key) {
    return failures.noTimeLeft(key);
  }

  /** Has {@code task} run in so many other threads; in fewer, where no more can be had. */
  void execute(int threads, Runnable task) {
    for (int i = 0; i < threads; i++) {
      try {
        settings.executor().execute(task);
      } catch (RuntimeException | Error noMoreThreads) {
        if (i == 0) {
          throw noMoreThreads;
        }
        return; // those that there are do it all
      }
    }
  }

  /** Has keys loaded here that no peer could give. */
  void loadHere(
      GetContext load, List<String> keys, int maxConcurrent, ResultHandler<GetResult> results) {
    localLoads.loadAll(results, load, keys, maxConcurrent, false, results);
  }
}
