package io.groupcache.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one group.
 *
 * @param cacheBytes This group's own limit; 0 caches nothing and still merges concurrent loads.
 */
public record GroupProperties(@Nullable DataSize cacheBytes) {}
