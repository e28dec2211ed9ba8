package io.groupcache;

/**
 * What one group has for itself. Immutable; each {@code with} method gives new options.
 *
 * @param cacheBytes how many bytes of keys and values the main and the hot cache may hold together;
 *     0 caches nothing, and still merges loads
 * @param maxConcurrentLoads how many calls of the getter may run at a time on this peer; further
 *     loads wait, until their deadline. A getter that gets other keys of its group needs more than
 *     one at a time.
 */
public record GroupOptions(long cacheBytes, int maxConcurrentLoads) {

  /** A limit of so many bytes, and as many loads at a time as there are. */
  public static GroupOptions ofCacheBytes(long cacheBytes) {
    return new GroupOptions(cacheBytes, Integer.MAX_VALUE);
  }

  /** Options with another limit to the loads that run at a time. */
  public GroupOptions withMaxConcurrentLoads(int maxConcurrentLoads) {
    return new GroupOptions(cacheBytes, maxConcurrentLoads);
  }
}
