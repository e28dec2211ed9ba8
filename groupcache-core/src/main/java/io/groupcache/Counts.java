package io.groupcache;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a group counts as it goes. The rest follows from it: every get is a hit in one of the caches
 * or a load, and a get looks into the hot cache when the main cache has not answered.
 */
final class Counts {

  final LongAdder mainHits = new LongAdder();
  final LongAdder hotHits = new LongAdder();
  final LongAdder loads = new LongAdder();
  final LongAdder loadsDeduped = new LongAdder();
  final LongAdder loadsLocal = new LongAdder();
  final LongAdder loadsLocalErrors = new LongAdder();
  final LongAdder loadsPeer = new LongAdder();
  final LongAdder peerErrors = new LongAdder();
  final LongAdder serverRequests = new LongAdder();

  GroupStats ofGroup() {
    long hits = mainHits.sum() + hotHits.sum();
    long missed = loads.sum();
    return new GroupStats(
        hits + missed,
        hits,
        missed,
        loadsDeduped.sum(),
        loadsLocal.sum(),
        loadsLocalErrors.sum(),
        loadsPeer.sum(),
        peerErrors.sum(),
        serverRequests.sum());
  }

  CacheStats ofCache(CacheType type, CachePair caches) {
    long main = mainHits.sum();
    long hot = hotHits.sum();
    long missed = loads.sum();
    return type == CacheType.MAIN
        ? caches.stats(type, main + hot + missed, main)
        : caches.stats(type, hot + missed, hot);
  }
}
