package io.groupcache.internal;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.ResultHandler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a get of many keys comes to: told in many threads, and handed on in the one that waits for
 * it, which made this.
 */
public final class PendingResults implements ResultHandler<GetResult> {

  /** Null once it has left: a load may take long, and keeps no caller from being forgotten. */
  private volatile @Nullable Thread caller = Thread.currentThread();

  private final LoadFailures failures;
  private final ReentrantLock lock = new ReentrantLock();
  private List<Result> told = new ArrayList<>(); // guarded by the lock

  /** Makes one of which nothing is known. */
  public PendingResults(LoadFailures failures) {
    this.failures = failures;
  }

  @Override
  public void onValue(String key, GetResult value) {
    add(new Result(key, value, null));
  }

  @Override
  public void onFailure(String key, RuntimeException failure) {
    add(new Result(key, null, failure));
  }

  @Override
  public boolean isWaiting(String key) {
    return caller != null;
  }

  /**
   * Waits for all of {@code keys}, within the time of {@code context}, and tells {@code results} of
   * each as soon as it is there, in this thread. What that throws ends the wait.
   */
  public void await(GetContext context, Collection<String> keys, ResultHandler<GetResult> results) {
    Set<String> open = new LinkedHashSet<>(keys);
    while (!open.isEmpty()) {
      List<Result> next = takeTold();
      for (Result result : next) {
        if (open.remove(result.key)) {
          result.tell(results);
        }
      }
      if (next.isEmpty()) {
        long nanosLeft = context.remainingNanos();
        if (Thread.currentThread().isInterrupted()) {
          InterruptedException cause = new InterruptedException();
          open.forEach(key -> results.onFailure(key, failures.interrupted(key, cause)));
          return;
        } else if (nanosLeft <= 0) {
          open.forEach(key -> results.onFailure(key, failures.stillLoading(key)));
          return;
        }
        LockSupport.parkNanos(this, nanosLeft);
      }
    }
  }

  /** Says that the caller waits for nothing any more, and lets go of it. */
  public void leave() {
    caller = null;
    takeTold();
  }

  private List<Result> takeTold() {
    lock.lock();
    try {
      if (told.isEmpty()) {
        return List.of();
      }
      List<Result> taken = told;
      told = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void add(Result result) {
    Thread waiting = caller;
    if (waiting == null) {
      return; // and let go of it
    }
    boolean first;
    lock.lock();
    try {
      first = told.isEmpty();
      told.add(result);
    } finally {
      lock.unlock();
    }
    if (first) {
      LockSupport.unpark(waiting);
    }
  }

  private record Result(String key, @Nullable GetResult value, @Nullable RuntimeException failure) {

    void tell(ResultHandler<GetResult> results) {
      if (value != null) {
        results.onValue(key, value);
      } else if (failure != null) {
        results.onFailure(key, failure);
      }
    }
  }
}
