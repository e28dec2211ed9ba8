package io.groupcache.spring.load;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Thread pools that a burst makes large, and that are small again soon after it: one thread for
 * each task, until it has been idle for {@value #SECONDS} seconds.
 */
public final class IdleThreads {

  /** How long a thread of any pool is kept that has nothing to do. */
  public static final int SECONDS = 3;

  private IdleThreads() {}

  /** Makes a pool of daemons whose names begin so. It runs at once what it is given. */
  public static ExecutorService newPool(String namePrefix) {
    CustomizableThreadFactory threads = new CustomizableThreadFactory(namePrefix);
    threads.setDaemon(true);
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
  }
}
