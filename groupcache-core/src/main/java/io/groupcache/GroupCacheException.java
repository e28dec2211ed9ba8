package io.groupcache;

import org.jspecify.annotations.Nullable;

/** The root of what a get throws. */
public class GroupCacheException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message for people, and what caused it. */
  public GroupCacheException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
