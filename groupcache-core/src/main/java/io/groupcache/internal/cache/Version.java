package io.groupcache.internal.cache;

/**
 * Which change of a key it is, of those that are made at the same time on several peers.
 *
 * @param stamp the greater is the later one
 * @param author decides where two have the same
 */
public record Version(long stamp, long author) {

  /** Whether it is later than another: the same on all peers. */
  public boolean isLaterThan(Version other) {
    int order = Long.compare(stamp, other.stamp);
    return order > 0 || (order == 0 && Long.compareUnsigned(author, other.author) > 0);
  }
}
