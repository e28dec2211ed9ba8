package io.groupcache.spring.http;

/** What this peer thinks of another one. */
public enum PeerState {
  /** It is asked for what it owns. */
  UP(0),
  /** It was down, and one request is finding out whether it still is. */
  PROBED(1),
  /** It has failed again and again: others stand in for it, until it is next probed. */
  DOWN(2);

  private final int level;

  PeerState(int level) {
    this.level = level;
  }

  /** The state as a number: the higher, the worse. */
  public int level() {
    return level;
  }
}
