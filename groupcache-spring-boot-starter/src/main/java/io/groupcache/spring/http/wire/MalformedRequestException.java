package io.groupcache.spring.http.wire;

/**
 * A peer's request that can't be read; the message tells a person why. A type of its own, so that
 * nothing else that is thrown while a request is answered is taken for a fault of the asker's.
 */
public final class MalformedRequestException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Makes one with its message. */
  public MalformedRequestException(String message) {
    super(message);
  }

  /** Makes one with its message, and what made it so. */
  public MalformedRequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
