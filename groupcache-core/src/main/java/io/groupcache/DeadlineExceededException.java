package io.groupcache;

/** A get's time was up before there was a value. What it waited for may go on without it. */
public final class DeadlineExceededException extends GroupCacheException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message for people. */
  public DeadlineExceededException(String message) {
    super(message, null);
  }
}
