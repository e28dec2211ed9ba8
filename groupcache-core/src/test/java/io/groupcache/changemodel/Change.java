package io.groupcache.changemodel;

/** A removal of the key, as its author sees it. Changed only while the next world is made. */
final class Change {

  final int author;
  final int authorsProcess;

  /** For each peer which of its processes, or a later one, must acknowledge; 0 for none. */
  final int[] wanted = new int[World.PEERS];

  /** For each peer which of its processes has acknowledged; 0 for none. */
  final int[] acknowledged = new int[World.PEERS];

  private long code;

  /** All have acknowledged, and the call has returned. */
  boolean complete;

  Change(int author, int authorsProcess) {
    this.author = author;
    this.authorsProcess = authorsProcess;
  }

  Change(Change other) {
    this(other.author, other.authorsProcess);
    System.arraycopy(other.wanted, 0, wanted, 0, World.PEERS);
    System.arraycopy(other.acknowledged, 0, acknowledged, 0, World.PEERS);
    complete = other.complete;
  }

  /** All there is to it as a number: two with the same are the same. */
  long code() {
    if (code == 0) {
      code = author * 4L + authorsProcess;
      for (int i = 0; i < World.PEERS; i++) {
        code = code * 16 + wanted[i] * 4L + acknowledged[i];
      }
      code = code * 2 + (complete ? 1 : 0);
    }
    return code;
  }

  boolean isBySameAuthorAs(Change other) {
    return author == other.author && authorsProcess == other.authorsProcess;
  }

  boolean waitsFor(int peer) {
    return acknowledged[peer] < wanted[peer];
  }

  boolean isAcknowledgedByAll() {
    for (int peer = 0; peer < World.PEERS; peer++) {
      if (waitsFor(peer)) {
        return false;
      }
    }
    return true;
  }
}
