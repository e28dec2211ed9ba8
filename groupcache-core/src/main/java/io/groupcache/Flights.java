package io.groupcache;

import io.groupcache.singleflight.SingleFlight;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/** One of a group's two single flights: what goes wrong in it is told in the group's words. */
final class Flights {

  /** Has a load run in the thread of the caller that is its first. */
  static final Executor IN_THE_CALLERS_THREAD = Runnable::run;

  private final String group;
  private final SingleFlight<String, GetResult> singleFlight;

  /** Makes the flights of a group, which give up on loads that take longer than that. */
  Flights(String group, long patienceNanos) {
    this.group = group;
    this.singleFlight = new SingleFlight<>(patienceNanos);
  }

  /** Has {@code load} run, or waits for that of another caller, until the context's deadline. */
  GetResult fly(GetContext context, String key, Executor executor, Callable<GetResult> load) {
    long nanos = context.remainingNanos();
    if (nanos <= 0) {
      throw new DeadlineExceededException(
          "There is no time left to load key '" + key + "' of group '" + group + "'");
    }
    try {
      return singleFlight.run(key, nanos, task -> start(executor, task, key), load);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(key, e);
    } catch (TimeoutException e) {
      throw new DeadlineExceededException(
          "Key '"
              + key
              + "' of group '"
              + group
              + "' was still loading when this get's time was up");
    } catch (IllegalStateException e) {
      throw new GroupCacheException(
          "Key '" + key + "' of group '" + group + "' can't load: its getter waits for it", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("a load throws nothing else", e);
    }
  }

  private void start(Executor executor, Runnable load, String key) {
    try {
      executor.execute(load);
    } catch (GroupCacheException noPermit) {
      throw noPermit;
    } catch (RuntimeException refusal) {
      throw new GroupCacheException(
          "Key '" + key + "' of group '" + group + "' can't load: its executor refused it",
          refusal);
    }
  }

  /** What a caller gets that was interrupted; its flag must be set. */
  GroupCacheException interrupted(String key, Throwable cause) {
    return new GroupCacheException(
        "Interrupted while key '" + key + "' of group '" + group + "' was loading", cause);
  }
}
