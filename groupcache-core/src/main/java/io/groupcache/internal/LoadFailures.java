package io.groupcache.internal;

import io.groupcache.DeadlineExceededException;
import io.groupcache.GetContext;
import io.groupcache.GroupCacheException;
import io.groupcache.singleflight.Caller;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** What a caller is told of a load that gave no value, or that it could not wait for. */
public final class LoadFailures {

  private final String group;

  /** Makes the failures of a group. */
  public LoadFailures(String group) {
    this.group = group;
  }

  /**
   * This thread, with the time of a get.
   *
   * @throws DeadlineExceededException when there is none left
   */
  public Caller callerInTime(GetContext context, String key) {
    long left = context.remainingNanos();
    if (left <= 0) {
      throw noTimeLeft(key);
    }
    return Caller.within(left);
  }

  /** There was no time left when a load was to begin. */
  public DeadlineExceededException noTimeLeft(String key) {
    return new DeadlineExceededException(
        "There is no time left to load key '" + key + "' of group '" + group + "'");
  }

  /** A load was still under way at the deadline. */
  public DeadlineExceededException stillLoading(String key) {
    return new DeadlineExceededException(
        "Key '" + key + "' of group '" + group + "' was still loading when this get's time was up");
  }

  /** A load was still waiting for others at the deadline. */
  public DeadlineExceededException stillWaiting(int maxConcurrentLoads) {
    return new DeadlineExceededException(
        "Group '"
            + group
            + "' was loading "
            + maxConcurrentLoads
            + " other keys, as many as groupcache.groups.<name>.max-concurrent-loads allows, until"
            + " this get's time was up");
  }

  /** The thread was interrupted, whose flag must be set. */
  public GroupCacheException interrupted(String key, Throwable cause) {
    return new GroupCacheException(
        "Interrupted while key '" + key + "' of group '" + group + "' was loading", cause);
  }

  /** The load would wait for itself. */
  public GroupCacheException circle(String key, Throwable cause) {
    return new GroupCacheException(
        "Key '" + key + "' of group '" + group + "' can't load: its getter waits for it", cause);
  }

  /** What a flight, or the wait for it, has failed with; sets the interrupt flag if it has to. */
  public RuntimeException told(String key, Throwable failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return interrupted(key, failure);
    }
    if (failure instanceof TimeoutException) {
      return stillLoading(key);
    }
    if (failure instanceof RejectedExecutionException) {
      return new GroupCacheException(
          "Key '" + key + "' of group '" + group + "' can't load: its executor refused it",
          failure.getCause() == null ? failure : failure.getCause());
    }
    if (failure instanceof IllegalStateException) {
      return circle(key, failure);
    }
    if (failure instanceof RuntimeException known) {
      return known;
    }
    return new GroupCacheException(
        "Key '" + key + "' of group '" + group + "' can't load: " + failure, failure);
  }
}
