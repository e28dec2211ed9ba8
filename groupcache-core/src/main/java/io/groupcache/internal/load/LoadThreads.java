package io.groupcache.internal.load;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for getters, as many as there are loads at a time: a load that had to wait for a thread
 * might wait for one that waits for it. They end when they have had nothing to do for a while.
 */
public final class LoadThreads implements Executor {

  private static final long KEEP_ALIVE_SECONDS = 10;

  private final String name;
  private final ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          KEEP_ALIVE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          this::newThread);

  /** Makes threads of that name, each with a number. */
  public LoadThreads(String name) {
    this.name = name;
  }

  @Override
  public void execute(Runnable load) {
    threads.execute(load);
  }

  /** Takes no load from now on; those under way go on. */
  public void close() {
    threads.shutdown();
  }

  private Thread newThread(Runnable work) {
    // It takes nothing over from the get that happens to make it: it will serve others, too.
    Thread thread = new Thread(null, work, name + number.incrementAndGet(), 0, false);
    thread.setContextClassLoader(classLoader);
    thread.setDaemon(true); // a getter that never returns must not keep the JVM from ending
    return thread;
  }
}
