package io.groupcache.spring.http;

import io.groupcache.PeerException;
import org.jspecify.annotations.Nullable;

/** A request to a peer that failed, and what that says about the peer. */
final class PeerFailure extends PeerException {

  private static final long serialVersionUID = 1L;

  private final Health health;

  PeerFailure(
      String message, @Nullable Throwable cause, boolean anotherPeerMayAnswer, Health health) {
    super(message, cause, anotherPeerMayAnswer);
    this.health = health;
  }

  Health health() {
    return health;
  }

  /** How a peer is that has not answered with a value. */
  enum Health {
    /** It answered as it should: this very request can't have a value. */
    WELL,
    /** It could not be reached, or answered as no peer should. */
    ILL,
    /** It was not given the time, or not asked at all. */
    UNKNOWN
  }
}
