package io.groupcache.spring.group;

import io.groupcache.Eviction;
import io.groupcache.GroupOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one group, where it has its own; null where it has what all groups have.
 *
 * @param cacheBytes This group's own limit; 0 caches nothing and still merges concurrent loads.
 * @param maxConcurrentLoads How many calls of this group's getter may run at a time on this peer;
 *     further loads wait, until their deadline. As many as there are when it is not set.
 * @param eviction Which values leave this group's caches first when room is needed.
 * @param version Version of this group's values: peers of another version don't read them.
 * @param timeToLive How long a value of this group may be used that says nothing itself.
 * @param timeToLiveJitter Up to which part of its time, 0 to 1, a value of this group lives
 *     shorter.
 * @param refreshAfter At which age a value of this group is loaded anew while it is used.
 * @param staleIfError How long beyond its time a value of this group is served when its getter
 *     fails.
 * @param notFoundTimeToLive How long it is remembered that this group has no such key.
 */
public record GroupProperties(
    @Nullable DataSize cacheBytes,
    @Nullable Integer maxConcurrentLoads,
    @Nullable Eviction eviction,
    @Nullable String version,
    @Nullable Duration timeToLive,
    @Nullable Double timeToLiveJitter,
    @Nullable Duration refreshAfter,
    @Nullable Duration staleIfError,
    @Nullable Duration notFoundTimeToLive) {

  /** The times of values, where this group has its own. */
  public ValueTimes times() {
    return new ValueTimes(
        timeToLive, timeToLiveJitter, refreshAfter, staleIfError, notFoundTimeToLive);
  }

  /** The options of a group with these settings, which has {@code common} where one is missing. */
  GroupOptions options(GroupOptions common) {
    GroupOptions options = times().addTo(common);
    if (cacheBytes != null) {
      options = options.withCacheBytes(cacheBytes.toBytes());
    }
    if (maxConcurrentLoads != null) {
      options = options.withMaxConcurrentLoads(maxConcurrentLoads);
    }
    if (version != null) {
      options = options.withVersion(version);
    }
    return eviction == null ? options : options.withEviction(eviction);
  }
}
