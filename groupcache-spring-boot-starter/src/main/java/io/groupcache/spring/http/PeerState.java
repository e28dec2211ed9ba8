package io.groupcache.spring.http;

/** What this peer thinks of another one. */
public enum PeerState {
  /** It is asked for what it owns. */
  UP,
  /** It was down, and one request is finding out whether it still is. */
  PROBED,
  /** It has failed again and again: others stand in for it, until it is next probed. */
  DOWN
}
