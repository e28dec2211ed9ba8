package io.groupcache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Work in a thread of its own, which a test can watch, interrupt and wait for. */
public final class Background<T> {

  private final FutureTask<T> task;
  private final Thread thread;

  private Background(Callable<T> work) {
    this.task = new FutureTask<>(work);
    this.thread = new Thread(task, "background");
    thread.setDaemon(true);
    thread.start();
  }

  public static <T> Background<T> run(Callable<T> work) {
    return new Background<>(work);
  }

  public static <T> List<Background<T>> run(int threads, Callable<T> work) {
    List<Background<T>> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      started.add(run(work));
    }
    return started;
  }

  /** Waits for what another thread does, where nothing may be thrown that has to be declared. */
  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("It was not done in time");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns once the thread waits for something; fails when it has ended instead. */
  public Background<T> awaitWaiting() throws InterruptedException {
    while (true) {
      switch (thread.getState()) {
        case WAITING, TIMED_WAITING -> {
          return this;
        }
        case TERMINATED -> throw new AssertionError("It ended and did not wait: " + task);
        default -> LockSupport.parkNanos(10_000);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  public void interrupt() {
    thread.interrupt();
  }

  /** The result of the work, or what it threw; fails when neither comes. */
  public T get() throws Exception {
    try {
      return task.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }
}
