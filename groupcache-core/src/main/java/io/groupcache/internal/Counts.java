package io.groupcache.internal;

import io.groupcache.CacheStats;
import io.groupcache.CacheType;
import io.groupcache.GroupStats;
import io.groupcache.internal.cache.CachePair;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a group counts as it goes. The rest follows from it: every get is a hit in one of the caches
 * or a load, and a get looks into the hot cache when the main cache has not answered.
 */
public final class Counts {

  public final LongAdder mainHits = new LongAdder();
  public final LongAdder hotHits = new LongAdder();
  public final LongAdder loads = new LongAdder();
  public final LongAdder loadsDeduped = new LongAdder();
  public final LongAdder loadsLocal = new LongAdder();
  public final LongAdder loadsLocalErrors = new LongAdder();
  public final LongAdder loadsPeer = new LongAdder();
  public final LongAdder peerErrors = new LongAdder();
  public final LongAdder serverRequests = new LongAdder();
  public final LongAdder removals = new LongAdder();
  public final LongAdder sets = new LongAdder();
  public final LongAdder expirations = new LongAdder();
  public final LongAdder refreshes = new LongAdder();
  public final LongAdder refreshErrors = new LongAdder();
  public final LongAdder stale = new LongAdder();
  public final LongAdder notFound = new LongAdder();

  /** A snapshot of the group's counts. */
  public GroupStats ofGroup() {
    long hits = mainHits.sum() + hotHits.sum();
    long missed = loads.sum();
    return new Snapshot(
        hits + missed,
        hits,
        missed,
        loadsDeduped.sum(),
        loadsLocal.sum(),
        loadsLocalErrors.sum(),
        loadsPeer.sum(),
        peerErrors.sum(),
        serverRequests.sum(),
        removals.sum(),
        sets.sum(),
        expirations.sum(),
        refreshes.sum(),
        refreshErrors.sum(),
        stale.sum(),
        notFound.sum());
  }

  /** A snapshot of one cache's counts. */
  public CacheStats ofCache(CacheType type, CachePair caches) {
    long main = mainHits.sum();
    long hot = hotHits.sum();
    long missed = loads.sum();
    return type == CacheType.MAIN
        ? caches.stats(type, main + hot + missed, main)
        : caches.stats(type, hot + missed, hot);
  }

  private record Snapshot(
      long gets,
      long hits,
      long loads,
      long loadsDeduped,
      long loadsLocal,
      long loadsLocalErrors,
      long loadsPeer,
      long peerErrors,
      long serverRequests,
      long removals,
      long sets,
      long expirations,
      long refreshes,
      long refreshErrors,
      long stale,
      long notFound)
      implements GroupStats {}
}
