package io.groupcache.spring.group;

import io.groupcache.Eviction;
import io.groupcache.GroupOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one group, where it has its own; null where it has what all groups have.
 *
 * @param cacheBytes This group's own limit; 0 caches nothing and still merges concurrent loads.
 * @param maxConcurrentLoads How many calls of this group's getter may run at a time on this peer;
 *     further loads wait, until their deadline. As many as there are when it is not set.
 * @param eviction Which values leave this group's caches first when room is needed.
 */
public record GroupProperties(
    @Nullable DataSize cacheBytes,
    @Nullable Integer maxConcurrentLoads,
    @Nullable Eviction eviction) {

  /** The options of a group with these settings, which has {@code common} where one is missing. */
  GroupOptions options(GroupOptions common) {
    GroupOptions options = common;
    if (cacheBytes != null) {
      options = options.withCacheBytes(cacheBytes.toBytes());
    }
    if (maxConcurrentLoads != null) {
      options = options.withMaxConcurrentLoads(maxConcurrentLoads);
    }
    return eviction == null ? options : options.withEviction(eviction);
  }
}
