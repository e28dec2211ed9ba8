package io.groupcache;

import org.jspecify.annotations.Nullable;

/**
 * A request to a peer failed: it could not be reached, did not answer in time, or answered with
 * something else than a value or the owner's last word. Callers of a get never see it as long as a
 * local load can answer.
 */
public class PeerException extends GroupCacheException {

  private static final long serialVersionUID = 1L;

  private final boolean anotherPeerMayAnswer;

  /** Makes an exception with a message for people, and what caused it, if anything did. */
  public PeerException(String message, @Nullable Throwable cause) {
    this(message, cause, true);
  }

  /**
   * Makes an exception that says, too, whether the peers that stand in for this one are worth a
   * request: they are not where the request itself is what the peer could do nothing with.
   */
  public PeerException(String message, @Nullable Throwable cause, boolean anotherPeerMayAnswer) {
    super(message, cause);
    this.anotherPeerMayAnswer = anotherPeerMayAnswer;
  }

  /** Whether another peer may have an answer where this one had none. */
  public boolean anotherPeerMayAnswer() {
    return anotherPeerMayAnswer;
  }
}
