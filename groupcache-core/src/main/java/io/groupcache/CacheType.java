package io.groupcache;

/** The two caches of a group. */
public enum CacheType {
  /** Holds the keys that this peer owns, or had to load itself. */
  MAIN,
  /** Mirrors keys of other peers that are asked for often. */
  HOT
}
