package io.groupcache;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets so many loads of a group run at a time, and others wait within their deadlines. */
final class LoadPermits {

  private final String group;
  private final int count;
  private final Semaphore permits;

  LoadPermits(String group, int count) {
    this.group = group;
    this.count = count;
    this.permits = new Semaphore(count);
  }

  /** Has {@code executor} run a load, which throws nothing, as soon as it may. */
  void execute(GetContext context, Executor executor, Runnable load) {
    acquire(context);
    try {
      executor.execute(() -> {
        try {
          load.run();
        } finally {
          permits.release();
        }
      });
    } catch (RejectedExecutionException | OutOfMemoryError notStarted) { // as for want of a thread
      permits.release();
      throw notStarted;
    }
  }

  private void acquire(GetContext context) {
    if (permits.tryAcquire()) { // one that is free can be had with the interrupt flag set, too
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
