package io.groupcache.lru;

/**
 * A place in a circle of links, alone in it at first. Guarded by the lock of the circle's owner.
 */
class Link {

  private Link previous = this;
  private Link next = this;

  Link next() {
    return next;
  }

  @SuppressWarnings("ReferenceEquality") // a link is a place, equal to no other
  boolean isAlone() {
    return next == this;
  }

  void unlink() {
    previous.next = next;
    next.previous = previous;
    previous = this;
    next = this;
  }

  /** Moves this link to the place before {@code other}, from wherever it is. */
  void moveBefore(Link other) {
    unlink();
    previous = other.previous;
    next = other;
    previous.next = this;
    other.previous = this;
  }
}
