package io.groupcache;

import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.singleflight.Flight;
import io.groupcache.singleflight.Landings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * How a group gets keys that other peers own: from the owner, or from those who stand in for it, or
 * in the end from its own getter; each key once at a time.
 */
final class PeerLoads {

  private final String group;
  private final CommonSettings settings;
  private final CachePair caches;
  private final Counts counts;
  private final LocalLoads localLoads;
  private final Flights flights;

  PeerLoads(
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
    this.flights = new Flights(group, settings.timeoutNanos());
  }

  GetResult load(ProtoGetter owner, GetContext context, String key) {
    Callable<GetResult> load =
        () -> {
          GetResult cached = caches.lookAgain(key);
          if (cached != null) {
            return cached;
          }
          counts.loadsDeduped.increment();
          return loadFromPeers(owner, context, key);
        };
    boolean canLeave = !context.hasDeadline() || owner.endsInTime();
    return canLeave
        ? flights.fly(context, key, load)
        : flights.fly(context, key, settings.executor(), load);
  }

  /** Has keys loaded that {@code owner} owns, in other threads. */
  void board(
      ProtoGetter owner,
      GetContext context,
      Collection<String> keys,
      int maxLoadsHere,
      Landings<String, GetResult> landings) {
    flights.board(keys, landings, new PeerBatch(this, owner, context, maxLoadsHere));
  }

  /** Has keys loaded here that no peer could give. */
  void boardHere(
      GetContext context,
      Collection<String> keys,
      int maxAtATime,
      Landings<String, GetResult> landings) {
    localLoads.boardInstead(context, keys, maxAtATime, landings);
  }

  /** Whether keys may have to wait for their turn here. */
  boolean areHereInTurn() {
    return localLoads.areInTurn();
  }

  /** Has keys loaded here at once that wait for their turn here. */
  void hastenHere(GetContext context, Collection<String> keys, int maxAtATime) {
    localLoads.hasten(context, keys, maxAtATime);
  }

  /** What a key gets for which there is no time left. */
  DeadlineExceededException noTimeLeft(String key) {
    return flights.noTimeLeft(key);
  }

  /** Waits for keys, of peers' and of this one's. */
  void await(Landings<String, GetResult> landings, ResultHandler<GetResult> results) {
    flights.await(landings, results);
  }

  /** Has {@code loads} run in so many other threads, or in those that there are. */
  void start(int threads, Runnable loads) {
    flights.start(settings.executor(), threads, loads);
  }

  String group() {
    return group;
  }

  /** Says that so many loads have begun. */
  void begun(int loads) {
    counts.loadsDeduped.add(loads);
  }

  /** Lands a flight whose key is held by now. */
  boolean landFromCache(Flight<String, GetResult> flight) {
    return caches.land(flight);
  }

  /** Whom to ask, in their order, when the owner has failed. */
  Iterator<ProtoGetter> standIns(ProtoGetter owner, String key) {
    // The ring may have changed meanwhile, so that who has failed is a stand-in of the next.
    return settings.peers().standIns(key).filter(standIn -> !standIn.equals(owner)).iterator();
  }

  /** Counts a request that failed; one that was not made is none. */
  void countFailure(Throwable failure) {
    if (!(failure instanceof PeerDownException)) {
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

  /** Whether a getter has run for this key, so that running another would do no better. */
  static boolean isLastWord(Throwable failure) {
    return failure instanceof KeyNotFoundException || failure instanceof LoadException;
  }

  static boolean anotherPeerMayAnswer(Throwable failure) {
    return !(failure instanceof PeerException e) || e.anotherPeerMayAnswer();
  }

  /**
   * Asks the owner, then its stand-ins, which are the same for all peers: so a key whose owner is
   * down is still loaded once in the ring. All of them together have the first half of the time
   * that there is; the other half is the getter's here.
   */
  private GetResult loadFromPeers(ProtoGetter owner, GetContext context, String key) {
    GetContext half = context.withHalfOfItsTime();
    List<Throwable> failures = new ArrayList<>();
    GetResult result = ask(owner, half, key, failures);
    if (result != null) {
      return result;
    }
    Iterator<ProtoGetter> standIns = standIns(owner, key);
    while (anotherPeerMayAnswer(failures.get(failures.size() - 1))
        && half.remainingNanos() > 0
        && standIns.hasNext()) {
      result = ask(standIns.next(), half, key, failures);
      if (result != null) {
        return result;
      }
    }
    return loadInstead(context, key, failures);
  }

  /** What the peer answers; null, and one failure more, when that is no answer. */
  private @Nullable GetResult ask(
      ProtoGetter peer, GetContext context, String key, List<Throwable> failures) {
    try {
      return received(
          key, peer.get(context, GetRequest.newBuilder().setGroup(group).setKey(key).build()));
    } catch (KeyNotFoundException | LoadException lastWord) {
      throw lastWord;
    } catch (Throwable failure) { // an Error too: a local load would spare the callers that
      countFailure(failure);
      if (Thread.currentThread().isInterrupted()) {
        throw flights.interrupted(key, failure);
      }
      failures.add(failure);
      return null;
    }
  }

  private GetResult loadInstead(GetContext context, String key, List<Throwable> peerFailures) {
    try {
      return localLoads.loadInstead(context, key);
    } catch (GroupCacheException failure) {
      peerFailures.forEach(failure::addSuppressed);
      throw failure;
    }
  }
}
