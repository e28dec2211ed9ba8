package io.groupcache;

/** Where a get found its value. */
public enum Source {
  /** In this peer's main cache. */
  MAIN,
  /** In this peer's hot cache. */
  HOT,
  /** The peer that owns the key sent it. */
  PEER,
  /** The getter loaded it here. */
  LOAD
}
