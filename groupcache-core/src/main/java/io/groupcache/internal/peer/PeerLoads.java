package io.groupcache.internal.peer;

import io.groupcache.ByteView;
import io.groupcache.CacheType;
import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.GroupCacheException;
import io.groupcache.ProtoGetter;
import io.groupcache.ResultHandler;
import io.groupcache.Source;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.CommonSettings;
import io.groupcache.internal.Counts;
import io.groupcache.internal.LoadFailures;
import io.groupcache.internal.cache.CachePair;
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
  private final CommonSettings settings;
  private final CachePair caches;
  private final Counts counts;
  private final LocalLoads localLoads;
  private final SingleFlight<String, GetResult> flights;
  private final LoadFailures failures;

  /** Makes the loads of a group, the last resort of which are {@code localLoads}. */
  public PeerLoads(
      String group,
      CommonSettings settings,
      CachePair caches,
      Counts counts,
      LocalLoads localLoads) {
    this.group = group;
    this.settings = settings;
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
    PeerBatch batch =
        mine == null
            ? new PeerBatch(this, context, load, maxLoadsHere, results)
            : new PeerBatch(
                this,
                context.withAncestors(mine::ancestors),
                load.withAncestors(mine::ancestors),
                maxLoadsHere,
                results);
    batch.begin(owner, keys);
  }

  private GetResult ask(ProtoGetter owner, GetContext context, GetContext load, String key) {
    // What waits for this flight may become more while it goes on.
    GetContext asking = context.withAncestors(Objects.requireNonNull(Work.current())::ancestors);
    Failover failover = failover(owner, key, context);
    ProtoGetter peer = owner;
    while (peer != null) {
      PeerOutcome outcome = ask(peer, asking, key);
      if (outcome instanceof PeerOutcome.Value value) {
        return received(key, value.response());
      }
      if (outcome instanceof PeerOutcome.LastWord lastWord) {
        throw lastWord.failure();
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
                  GetRequest.newBuilder().setGroup(group).setKey(key).build()),
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

  String group() {
    return group;
  }

  Failover failover(ProtoGetter owner, String key, GetContext context) {
    return new Failover(settings.peers(), owner, key, context);
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

  /** Takes a value that a peer has sent. */
  GetResult received(String key, GetResponse response) {
    ByteView value = ByteView.of(response.getValue());
    counts.loadsPeer.increment();
    if (settings.promotion().promote(key, response)) {
      caches.put(CacheType.HOT, key, value);
    }
    return new GetResult(value, Source.PEER);
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
