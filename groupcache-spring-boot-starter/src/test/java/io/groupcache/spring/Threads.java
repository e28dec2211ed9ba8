package io.groupcache.spring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Work in a thread of its own: the common pool may have but one, and what a test waits for together
 * would wait for each other.
 */
public final class Threads {

  private static final Executor NEW_THREAD =
      work -> {
        Thread thread = new Thread(work, "test");
        thread.setDaemon(true);
        thread.start();
      };

  private Threads() {}

  /** Starts work that has a result. */
  public static <T> CompletableFuture<T> supply(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, NEW_THREAD);
  }

  /** Starts work that has none. */
  public static CompletableFuture<Void> run(Runnable work) {
    return CompletableFuture.runAsync(work, NEW_THREAD);
  }
}
