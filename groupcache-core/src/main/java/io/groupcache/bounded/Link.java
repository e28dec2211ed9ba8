package io.groupcache.bounded;

/**
 * A place in a circle of links, alone in it at first. Guarded by the lock of the circle's owner.
 */
class Link {

  private Link previous = this;
  private Link next = this;

  final Link following() {
    return next;
  }

  @SuppressWarnings("ReferenceEquality") // a link is a place, equal to no other
  final boolean isAlone() {
    return next == this;
  }

  final void unlink() {
    previous.next = next;
    next.previous = previous;
    previous = this;
    next = this;
  }

  /** Moves this link to the place before {@code other}, from wherever it is. */
  final void moveBefore(Link other) {
    unlink();
    previous = other.previous;
    next = other;
    previous.next = this;
    other.previous = this;
  }
}
