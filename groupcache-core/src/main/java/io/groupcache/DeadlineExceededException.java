package io.groupcache;

/** A get waited for another caller's load until its deadline. The load goes on without it. */
public final class DeadlineExceededException extends GroupCacheException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message for people. */
  public DeadlineExceededException(String message) {
    super(message, null);
  }
}
