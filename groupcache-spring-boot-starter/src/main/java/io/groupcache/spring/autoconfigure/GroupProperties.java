package io.groupcache.spring.autoconfigure;

import io.groupcache.Eviction;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one group.
 *
 * @param cacheBytes This group's own limit; 0 caches nothing and still merges concurrent loads.
 * @param maxConcurrentLoads How many calls of this group's getter may run at a time on this peer;
 *     further loads wait, until their deadline. As many as there are when it is not set.
 * @param eviction Which values leave this group's caches first when room is needed.
 */
public record GroupProperties(
    @Nullable DataSize cacheBytes,
    @Nullable Integer maxConcurrentLoads,
    @Nullable Eviction eviction) {}
