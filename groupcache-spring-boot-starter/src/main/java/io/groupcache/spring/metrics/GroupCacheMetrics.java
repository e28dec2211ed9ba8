package io.groupcache.spring.metrics;

import io.groupcache.CacheStats;
import io.groupcache.CacheType;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.GroupStats;
import io.groupcache.spring.http.HttpPool;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The groups' counts as meters, read from the groups when the registry asks, so that counting costs
 * a get nothing. Groups that are made later are bound when they are made.
 *
 * <p>Counters, tag {@code group}:
 *
 * <ul>
 *   <li>{@code groupcache.gets}: every get, from callers and from peers
 *   <li>{@code groupcache.hits}: gets answered from the main or the hot cache
 *   <li>{@code groupcache.loads}: gets that were not hits
 *   <li>{@code groupcache.loads.deduped}: loads that actually ran, after single flight
 *   <li>{@code groupcache.loads.local}: calls of the getter that gave a value
 *   <li>{@code groupcache.loads.local.errors}: calls of the getter that gave none
 *   <li>{@code groupcache.loads.peer}: values that came from a peer
 *   <li>{@code groupcache.peer.errors}: requests to a peer that failed
 *   <li>{@code groupcache.server.requests}: gets that came from a peer
 *   <li>{@code groupcache.removals}: keys whose removal was called for on this peer; a removal of
 *       all keys counts as one
 *   <li>{@code groupcache.sets}: values that were set on this peer
 *   <li>{@code groupcache.expirations}: values that left a cache because their time was up
 *   <li>{@code groupcache.refreshes}: values that were loaded anew while they were used
 *   <li>{@code groupcache.refreshes.errors}: attempts to do so that failed
 *   <li>{@code groupcache.stale}: loads that gave a value whose time was up, as the getter failed
 *   <li>{@code groupcache.not.found}: gets that were told from memory that there is no such key
 * </ul>
 *
 * <p>Tags {@code group} and {@code cache} ({@code main} or {@code hot}):
 *
 * <ul>
 *   <li>{@code groupcache.cache.bytes}, a gauge: bytes of keys and values held
 *   <li>{@code groupcache.cache.items}, a gauge: keys held
 *   <li>{@code groupcache.cache.gets}, a counter: gets that looked into the cache
 *   <li>{@code groupcache.cache.hits}, a counter: gets that the cache answered
 *   <li>{@code groupcache.cache.evictions}, a counter: keys that had to leave to make room
 * </ul>
 *
 * <p>{@code groupcache.peers}, a gauge without tags: peers on the ring. {@code
 * groupcache.peer.state}, a gauge with the tag {@code peer}: 0 while that peer is up, 1 while it is
 * probed, 2 while it is down. {@code groupcache.removals.pending}, a gauge with the tag {@code
 * peer}: changes of values known here of which that peer has yet to hear, as far as is known.
 */
public final class GroupCacheMetrics implements MeterBinder {

  private static final List<Count<GroupStats>> OF_GROUP =
      List.of(
          new Count<>("groupcache.gets", "Every get", GroupStats::gets),
          new Count<>("groupcache.hits", "Gets answered from a cache", GroupStats::hits),
          new Count<>("groupcache.loads", "Gets that were not hits", GroupStats::loads),
          new Count<>(
              "groupcache.loads.deduped",
              "Loads that ran, after single flight",
              GroupStats::loadsDeduped),
          new Count<>(
              "groupcache.loads.local", "Getter calls that gave a value", GroupStats::loadsLocal),
          new Count<>(
              "groupcache.loads.local.errors",
              "Getter calls that gave none",
              GroupStats::loadsLocalErrors),
          new Count<>(
              "groupcache.loads.peer", "Values that came from a peer", GroupStats::loadsPeer),
          new Count<>(
              "groupcache.peer.errors", "Requests to a peer that failed", GroupStats::peerErrors),
          new Count<>("groupcache.server.requests", "Gets from a peer", GroupStats::serverRequests),
          new Count<>("groupcache.removals", "Keys removed by this peer", GroupStats::removals),
          new Count<>("groupcache.sets", "Values set by this peer", GroupStats::sets),
          new Count<>(
              "groupcache.expirations", "Values whose time was up", GroupStats::expirations),
          new Count<>(
              "groupcache.refreshes", "Values loaded anew while used", GroupStats::refreshes),
          new Count<>(
              "groupcache.refreshes.errors",
              "Attempts to load a value anew that failed",
              GroupStats::refreshErrors),
          new Count<>(
              "groupcache.stale", "Values served although their time was up", GroupStats::stale),
          new Count<>(
              "groupcache.not.found",
              "Gets told from memory that there is no such key",
              GroupStats::notFound));

  private static final List<Count<CacheStats>> OF_CACHE =
      List.of(
          new Count<>("groupcache.cache.gets", "Gets that looked into it", CacheStats::gets),
          new Count<>("groupcache.cache.hits", "Gets that it answered", CacheStats::hits),
          new Count<>(
              "groupcache.cache.evictions", "Keys that had to leave", CacheStats::evictions));

  private final GroupCache groupCache;
  private final @Nullable HttpPool pool;

  /**
   * Makes a binder of all groups of {@code groupCache}.
   *
   * @param pool the ring; null when something else picks the peers, and nobody knows how many
   */
  public GroupCacheMetrics(GroupCache groupCache, @Nullable HttpPool pool) {
    this.groupCache = groupCache;
    this.pool = pool;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    // The hook first: a group made in between is bound twice, which changes nothing.
    groupCache.onNewGroup(group -> bind(group, registry));
    groupCache.groups().forEach(group -> bind(group, registry));
    if (pool != null) {
      Gauge.builder("groupcache.peers", pool, HttpPool::size)
          .description("Peers on the ring")
          .register(registry);
      bindPeers(pool, registry);
    }
  }

  private void bindPeers(HttpPool pool, MeterRegistry registry) {
    MultiGauge states =
        MultiGauge.builder("groupcache.peer.state")
            .description("Of another peer: 0 is up, 1 is probed, 2 is down")
            .register(registry);
    MultiGauge pending =
        MultiGauge.builder("groupcache.removals.pending")
            .description("Changes of values of which another peer has yet to hear")
            .register(registry);
    Runnable update =
        () -> {
          List<String> others =
              pool.peers().stream().filter(peer -> !pool.self().equals(Optional.of(peer))).toList();
          register(states, others, pool, (ring, peer) -> ring.state(peer).level());
          register(pending, others, groupCache, GroupCache::pendingChanges);
        };
    pool.onChange(update);
    update.run();
  }

  private static <T> void register(
      MultiGauge gauge, List<String> peers, T source, ToDoubleBiFunction<T, String> value) {
    gauge.register(
        peers.stream()
            .map(peer ->
                Row.of(Tags.of("peer", peer), source, from -> value.applyAsDouble(from, peer)))
            .toList(),
        true);
  }

  private static void bind(Group group, MeterRegistry registry) {
    Tags tags = Tags.of("group", group.name());
    for (Count<GroupStats> count : OF_GROUP) {
      FunctionCounter.builder(
              count.name, group, counted -> count.value.applyAsLong(counted.stats()))
          .description(count.description)
          .tags(tags)
          .register(registry);
    }
    for (CacheType cache : CacheType.values()) {
      bind(group, cache, tags.and("cache", cache.name().toLowerCase(Locale.ROOT)), registry);
    }
  }

  private static void bind(Group group, CacheType cache, Tags tags, MeterRegistry registry) {
    for (Count<CacheStats> count : OF_CACHE) {
      FunctionCounter.builder(
              count.name, group, counted -> count.value.applyAsLong(counted.cacheStats(cache)))
          .description(count.description)
          .tags(tags)
          .register(registry);
    }
    Gauge.builder("groupcache.cache.bytes", group, held -> held.cacheStats(cache).bytes())
        .description("Bytes of keys and values held")
        .baseUnit("bytes")
        .tags(tags)
        .register(registry);
    Gauge.builder("groupcache.cache.items", group, held -> held.cacheStats(cache).items())
        .description("Keys held")
        .tags(tags)
        .register(registry);
  }

  private record Count<S>(String name, String description, ToLongFunction<S> value) {}
}
