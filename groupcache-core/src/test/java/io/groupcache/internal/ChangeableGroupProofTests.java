package io.groupcache.internal;

import io.groupcache.Eviction;
import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.GroupOptions;
import io.groupcache.PeerPicker;
import io.groupcache.Proof;
import io.groupcache.Sinks;
import io.groupcache.internal.cache.CachePair;
import io.groupcache.internal.cache.TimePolicy;
import io.groupcache.internal.cache.Version;
import io.groupcache.internal.change.Changes;
import io.groupcache.internal.load.LoadThreads;
import io.groupcache.internal.load.LocalLoads;
import io.groupcache.internal.peer.PeerLoads;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Gets against removals, through the caches and the flights: a get that begins once a removal is
 * done gives nothing whose load began before the removal.
 */
@Timeout(1200)
class ChangeableGroupProofTests {

  private final Proof proof = new Proof(Peer.class).after("getsNothingOld");

  @Test
  void aGetAfterARemovalGivesNothingOld() {
    proof
        .thread(proof.call("getsNothingOld"))
        .thread(proof.call("remove"), proof.call("getsNothingOld"))
        .check();
  }

  @Test
  void aGetAfterARemovalOfAllKeysGivesNothingOld() {
    proof
        .thread(proof.call("getsNothingOld"))
        .thread(proof.call("removeAll"), proof.call("getsNothingOld"))
        .check();
  }

  @Test
  void norDoesItGiveWhatAFlightHasFoundInTheCacheBefore() {
    proof
        .thread(proof.call("getsNothingOld"))
        .thread(proof.call("getsNothingOld"))
        .thread(proof.call("remove"), proof.call("getsNothingOld"))
        .check();
  }

  /** What a group is made of, over a source whose value changes. */
  public static class Peer {

    private final AtomicLong source = new AtomicLong();

    /** The number of the last removal that is done. */
    private final AtomicLong removed = new AtomicLong();

    private final Counts counts = new Counts();
    private final CachePair caches = new CachePair(100, Eviction.LRU, counts.expirations);
    private final LocalLoads loads;
    private final ChangeableGroup group;

    public Peer() {
      TimePolicy times = TimePolicy.of(GroupOptions.ofCacheBytes(100));
      CommonSettings settings =
          new CommonSettings(
              PeerPicker.none(),
              (key, response) -> false,
              Long.MAX_VALUE,
              Runnable::run,
              Integer.MAX_VALUE,
              Integer.MAX_VALUE,
              new Changes(PeerPicker.none(), new LoadThreads("none-"), 1, 1),
              (name, invalidation) -> {});
      loads =
          new LocalLoads(
              "g",
              (context, key, dest) -> dest.setString(String.valueOf(source.get())),
              settings,
              Integer.MAX_VALUE,
              times,
              caches,
              counts);
      group =
          new ChangeableGroup(
              "",
              settings,
              times,
              caches,
              loads,
              new PeerLoads("g", "g", settings, times, caches, counts, loads));
    }

    public void remove() {
      long now = source.incrementAndGet();
      group.change("k", new Version(now, 1));
      removed.accumulateAndGet(now, Math::max);
    }

    public void removeAll() {
      long now = source.incrementAndGet();
      group.changeAll();
      removed.accumulateAndGet(now, Math::max);
    }

    public boolean getsNothingOld() {
      long done = removed.get();
      GetResult held = caches.lookAgain("k");
      GetContext context = GetContext.background();
      GetResult found = held != null ? held : loads.load(context, context, "k", true);
      return Long.parseLong(Sinks.string().read(found.value())) >= done;
    }
  }
}
