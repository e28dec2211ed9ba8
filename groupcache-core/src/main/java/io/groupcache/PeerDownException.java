package io.groupcache;

/**
 * A peer is known to be down, so it was not asked: the next one on the ring is, at once. It counts
 * as no failed request.
 */
public final class PeerDownException extends PeerException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message for people. */
  public PeerDownException(String message) {
    super(message, null);
  }
}
