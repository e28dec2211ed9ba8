package io.groupcache.spring.http.server;

import io.groupcache.spring.load.IdleThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that write answers which could not be given at once, so that neither a getter's
 * thread nor one of the server's has to, and the clock that says when. Safe for use from many
 * threads.
 */
final class AnswerThreads implements Executor, AutoCloseable {

  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, AnswerThreads::clockThread);
  private final ExecutorService writers = IdleThreads.newPool("groupcache-answer-");

  AnswerThreads() {
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable answer) {
    try {
      writers.execute(answer);
    } catch (RejectedExecutionException closed) {
      answer.run(); // the last answers of a peer that stops
    }
  }

  /** Runs a task that does not wait, in so long, unless it is cancelled. */
  Cancellable schedule(Runnable task, long nanos) {
    try {
      ScheduledFuture<?> scheduled = clock.schedule(task, nanos, TimeUnit.NANOSECONDS);
      return () -> {
        boolean unused = scheduled.cancel(false);
      };
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  @Override
  public void close() {
    clock.shutdown();
    writers.shutdown();
  }

  /** What need not happen any more. */
  @FunctionalInterface
  interface Cancellable {
    void cancel();
  }

  private static Thread clockThread(Runnable work) {
    Thread thread = new Thread(work, "groupcache-clock");
    thread.setDaemon(true);
    return thread;
  }
}
