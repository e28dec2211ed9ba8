package io.groupcache;

import org.jspecify.annotations.Nullable;

/**
 * A request to a peer failed: it could not be reached, did not answer in time, or answered with
 * something else than a value or the owner's last word. Callers of a get never see it as long as a
 * local load can answer.
 */
public final class PeerException extends GroupCacheException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message for people, and what caused it, if anything did. */
  public PeerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
