package io.groupcache;

import io.groupcache.singleflight.Caller;
import io.groupcache.singleflight.Crew;
import io.groupcache.singleflight.Landings;
import io.groupcache.singleflight.SingleFlight;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/** One of a group's two single flights: what goes wrong in it is told in the group's words. */
final class Flights {

  private final String group;
  private final SingleFlight<String, GetResult> singleFlight;

  /** Makes the flights of a group, which give up on loads that take longer than that. */
  Flights(String group, long patienceNanos) {
    this.group = group;
    this.singleFlight = new SingleFlight<>(patienceNanos);
  }

  /** Runs {@code load} in this thread, or waits for that of another caller until the deadline. */
  GetResult fly(GetContext context, String key, Callable<GetResult> load) {
    Caller me = callerInTime(context, key);
    try {
      return singleFlight.run(key, me, load);
    } catch (Exception e) {
      throw thrown(key, e);
    }
  }

  /** Has {@code load} run, or waits for that of another caller, until the context's deadline. */
  GetResult fly(GetContext context, String key, Executor executor, Callable<GetResult> load) {
    Caller me = callerInTime(context, key);
    try {
      return singleFlight.run(key, me, task -> start(executor, task), load);
    } catch (Exception e) {
      throw thrown(key, e);
    }
  }

  private Caller callerInTime(GetContext context, String key) {
    Caller me = context.caller();
    if (me.nanosLeft() <= 0) {
      throw noTimeLeft(key);
    }
    return me;
  }

  DeadlineExceededException noTimeLeft(String key) {
    return new DeadlineExceededException(
        "There is no time left to load key '" + key + "' of group '" + group + "'");
  }

  /** Has {@code crew} load those of {@code keys} that no other caller is loading. */
  void board(
      Collection<String> keys, Landings<String, GetResult> landings, Crew<String, GetResult> crew) {
    singleFlight.board(keys, landings, crew);
  }

  /** Has {@code crew} load those of {@code keys} at once that wait for their turn. */
  void hasten(GetContext context, Collection<String> keys, Crew<String, GetResult> crew) {
    singleFlight.hasten(keys, context.caller(), crew);
  }

  /** Waits for what was boarded, and tells of each key as it comes. */
  void await(Landings<String, GetResult> landings, ResultHandler<GetResult> results) {
    landings.await(
        new Landings.Listener<>() {
          @Override
          public void succeeded(String key, GetResult result) {
            results.onValue(key, result);
          }

          @Override
          public void failed(String key, Throwable failure) {
            results.onFailure(key, told(key, failure));
          }

          @Override
          public void waiting() {
            results.onWait();
          }
        });
  }

  private RuntimeException thrown(String key, Exception failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return told(key, failure);
  }

  /** A failure of a flight, or of the wait for it, in the group's words. */
  private RuntimeException told(String key, Throwable failure) {
    if (failure instanceof InterruptedException) {
      return interrupted(key, failure);
    }
    if (failure instanceof TimeoutException) {
      return new DeadlineExceededException(
          "Key '"
              + key
              + "' of group '"
              + group
              + "' was still loading when this get's time was up");
    }
    if (failure instanceof Refusal) {
      return new GroupCacheException(
          "Key '" + key + "' of group '" + group + "' can't load: its executor refused it",
          failure.getCause());
    }
    if (failure instanceof IllegalStateException) {
      return new GroupCacheException(
          "Key '" + key + "' of group '" + group + "' can't load: its getter waits for it",
          failure);
    }
    if (failure instanceof RuntimeException known) {
      return known;
    }
    return new GroupCacheException(
        "Key '" + key + "' of group '" + group + "' can't load: " + failure, failure);
  }

  /** Has {@code executor} run a load, of one key or of many. */
  void start(Executor executor, Runnable load) {
    try {
      executor.execute(load);
    } catch (GroupCacheException noPermit) {
      throw noPermit;
    } catch (RuntimeException refusal) {
      throw new Refusal(refusal);
    }
  }

  /**
   * Has {@code executor} run {@code loads} so many times; fewer, if it refuses all but the first.
   */
  void start(Executor executor, int threads, Runnable loads) {
    start(executor, loads);
    try {
      for (int i = 1; i < threads; i++) {
        start(executor, loads);
      }
    } catch (RuntimeException | Error noMoreThreads) {
      return; // those that there are do it all
    }
  }

  /** What a caller gets that was interrupted; its flag must be set. */
  GroupCacheException interrupted(String key, Throwable cause) {
    return new GroupCacheException(
        "Interrupted while key '" + key + "' of group '" + group + "' was loading", cause);
  }

  /** An executor's exception, to be told apart from those of loads. */
  private static final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refusal(RuntimeException cause) {
      super(null, cause, false, false);
    }
  }
}
