package io.groupcache;

/**
 * What one group has for itself. Immutable; each {@code with} method gives new options.
 *
 * @param cacheBytes how many bytes of keys and values the main and the hot cache may hold together;
 *     0 caches nothing, and still merges loads
 * @param maxConcurrentLoads how many calls of the getter may run at a time on this peer; further
 *     loads wait, until their deadline. A getter that gets other keys of its group needs more than
 *     one at a time.
 * @param eviction what leaves the caches first when room is needed
 */
public record GroupOptions(long cacheBytes, int maxConcurrentLoads, Eviction eviction) {

  /**
   * A limit of so many bytes, as many loads at a time as there are, and what was used least
   * recently leaves first.
   */
  public static GroupOptions ofCacheBytes(long cacheBytes) {
    return new GroupOptions(cacheBytes, Integer.MAX_VALUE, Eviction.LRU);
  }

  /** Options with another limit to the loads that run at a time. */
  public GroupOptions withMaxConcurrentLoads(int maxConcurrentLoads) {
    return new GroupOptions(cacheBytes, maxConcurrentLoads, eviction);
  }

  /** Options with another policy of what leaves first. */
  public GroupOptions withEviction(Eviction eviction) {
    return new GroupOptions(cacheBytes, maxConcurrentLoads, eviction);
  }
}
