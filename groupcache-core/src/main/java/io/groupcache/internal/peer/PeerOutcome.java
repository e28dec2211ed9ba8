package io.groupcache.internal.peer;

import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.PeerDownException;
import io.groupcache.PeerException;
import io.groupcache.groupcachepb.GetResponse;

/** What a question to one peer about one key has come to. */
sealed interface PeerOutcome {

  /** A value. */
  record Value(GetResponse response) implements PeerOutcome {}

  /** The peer's getter has run for this key, so that running another would do no better. */
  record LastWord(RuntimeException failure) implements PeerOutcome {}

  /**
   * Nothing that says what the getter does.
   *
   * @param failure why
   * @param anotherPeerMayAnswer whether the next peer on the ring is worth a request
   * @param wasAsked whether there was a request that failed
   */
  record NoAnswer(Throwable failure, boolean anotherPeerMayAnswer, boolean wasAsked)
      implements PeerOutcome {}

  /** What {@code failure} means, which a {@link io.groupcache.ProtoGetter} threw. */
  static PeerOutcome of(Throwable failure) {
    return failure instanceof KeyNotFoundException || failure instanceof LoadException
        ? new LastWord((RuntimeException) failure)
        : noAnswer(failure);
  }

  /** What {@code failure} means, which is nobody's last word for a key. */
  static NoAnswer noAnswer(Throwable failure) {
    return new NoAnswer(
        failure,
        !(failure instanceof PeerException known) || known.anotherPeerMayAnswer(),
        !(failure instanceof PeerDownException));
  }
}
