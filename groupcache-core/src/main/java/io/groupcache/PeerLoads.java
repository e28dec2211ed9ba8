package io.groupcache;

import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
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
    boolean canLeave = !context.hasDeadline() || owner.endsInTime();
    Executor executor = canLeave ? Flights.IN_THE_CALLERS_THREAD : settings.executor();
    return flights.fly(
        context,
        key,
        executor,
        () -> {
          GetResult cached = caches.lookAgain(key);
          if (cached != null) {
            return cached;
          }
          counts.loadsDeduped.increment();
          return loadFromPeers(owner, context, key);
        });
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
    // The ring may have changed meanwhile, so that who has failed is a stand-in of the next.
    Iterator<ProtoGetter> standIns =
        settings.peers().standIns(key).filter(standIn -> !standIn.equals(owner)).iterator();
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
      return getFromPeer(peer, context, key);
    } catch (KeyNotFoundException | LoadException lastWord) {
      throw lastWord; // a getter has run for this key, so running another would do no better
    } catch (Throwable failure) { // an Error too: a local load would spare the callers that
      if (!(failure instanceof PeerDownException)) {
        counts.peerErrors.increment();
      }
      if (Thread.currentThread().isInterrupted()) {
        throw flights.interrupted(key, failure);
      }
      failures.add(failure);
      return null;
    }
  }

  private static boolean anotherPeerMayAnswer(Throwable failure) {
    return !(failure instanceof PeerException e) || e.anotherPeerMayAnswer();
  }

  private GetResult getFromPeer(ProtoGetter peer, GetContext context, String key) {
    GetResponse response =
        peer.get(context, GetRequest.newBuilder().setGroup(group).setKey(key).build());
    ByteView value = ByteView.of(response.getValue());
    counts.loadsPeer.increment();
    if (settings.promotion().promote(key, response)) {
      caches.put(CacheType.HOT, key, value);
    }
    return new GetResult(value, Source.PEER);
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
