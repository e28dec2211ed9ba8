package io.groupcache;

/**
 * What one cache of a group holds, and has done since the group was made: a snapshot.
 *
 * @param bytes bytes of the keys (as UTF-8) and values that it holds
 * @param items number of keys that it holds
 * @param gets gets that looked into it, each counted once
 * @param hits gets that it answered
 * @param evictions items that had to leave to make room
 */
public record CacheStats(long bytes, long items, long gets, long hits, long evictions) {}
