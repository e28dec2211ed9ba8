package io.groupcache;

import org.jspecify.annotations.Nullable;

/**
 * The getter failed. Where it ran on this peer, the cause is what it threw; where it ran on another
 * peer, there is no cause, and the message says what that peer said.
 */
public final class LoadException extends GroupCacheException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message for people, and what the getter threw, if it is known. */
  public LoadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
