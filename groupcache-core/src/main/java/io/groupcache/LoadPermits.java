package io.groupcache;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Lets so many loads of a group run at a time, and others wait within their deadlines. */
final class LoadPermits {

  private final String group;
  private final int count;
  private final @Nullable Semaphore permits;

  /** Makes permits for so many loads at a time; {@link Integer#MAX_VALUE} is no limit. */
  LoadPermits(String group, int count) {
    this.group = group;
    this.count = count;
    this.permits = count == Integer.MAX_VALUE ? null : new Semaphore(count, true);
  }

  /** How many loads may run at a time. */
  int count() {
    return count;
  }

  /** Has {@code executor} run a load, which throws nothing, as soon as it may. */
  void execute(GetContext context, Executor executor, Runnable load) {
    if (permits == null) {
      executor.execute(load);
      return;
    }
    acquire(permits, context);
    AtomicBoolean held = new AtomicBoolean(true);
    try {
      executor.execute(() -> {
        try {
          load.run();
        } finally {
          release(permits, held);
        }
      });
    } catch (Throwable notStarted) { // an Error too, as for want of a thread
      release(permits, held);
      throw notStarted;
    }
  }

  /** Does {@code work} in this thread as soon as it may, or throws when that takes too long. */
  <T> T call(GetContext context, Callable<T> work) throws Exception {
    if (permits == null) {
      return work.call();
    }
    acquire(permits, context);
    try {
      return work.call();
    } finally {
      permits.release();
    }
  }

  private static void release(Semaphore permits, AtomicBoolean held) {
    if (held.compareAndSet(true, false)) {
      permits.release();
    }
  }

  private void acquire(Semaphore permits, GetContext context) {
    // One that is free can be had with the interrupt flag set, too; but not before those who wait.
    if (!permits.hasQueuedThreads() && permits.tryAcquire()) {
      return;
    }
    try {
      if (!permits.tryAcquire(context.remainingNanos(), TimeUnit.NANOSECONDS)) {
        throw new DeadlineExceededException(
            "Group '"
                + group
                + "' was loading "
                + count
                + " other keys, as many as groupcache.groups.<name>.max-concurrent-loads allows,"
                + " until this get's time was up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GroupCacheException(
          "Interrupted while waiting to load in group '" + group + "'", e);
    }
  }
}
