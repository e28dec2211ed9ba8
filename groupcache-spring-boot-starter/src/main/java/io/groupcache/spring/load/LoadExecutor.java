package io.groupcache.spring.load;

/**
 * Runs getters, so that their callers can leave in time. It must run what it accepts at once: a
 * load that waits for a thread may wait for one that waits for it. Not an {@link
 * java.util.concurrent.Executor}, of which an application may have one that Spring Boot is to find.
 */
@FunctionalInterface
public interface LoadExecutor {

  /**
   * Runs {@code load} in another thread.
   *
   * @throws java.util.concurrent.RejectedExecutionException when it can't
   */
  void execute(Runnable load);
}
