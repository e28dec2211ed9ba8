package io.groupcache.spring.load;

import java.util.List;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** As many threads as there are loads, with what the application's task decorators bring along. */
public final class LoadThreads implements LoadExecutor, AutoCloseable {

  private static final String NAME_PREFIX = "groupcache-load-";
  private static final int KEEP_ALIVE_SECONDS = 10;

  private final TaskExecutor executor;
  private final Runnable shutdown;

  private LoadThreads(TaskExecutor executor, Runnable shutdown) {
    this.executor = executor;
    this.shutdown = shutdown;
  }

  /** Threads that are kept for a while once their load is done. */
  public static LoadThreads platform(List<TaskDecorator> decorators) {
    ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
    pool.setCorePoolSize(0);
    pool.setQueueCapacity(0);
    pool.setKeepAliveSeconds(KEEP_ALIVE_SECONDS);
    pool.setThreadNamePrefix(NAME_PREFIX);
    pool.setDaemon(true); // a getter that never returns must not keep the JVM from ending
    pool.setTaskDecorator(new CompositeTaskDecorator(decorators));
    pool.setWaitForTasksToCompleteOnShutdown(true); // as in: don't interrupt them
    pool.initialize();
    return new LoadThreads(pool, pool::shutdown);
  }

  /** A virtual thread for each load. */
  public static LoadThreads virtual(List<TaskDecorator> decorators) {
    SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor(NAME_PREFIX);
    threads.setVirtualThreads(true);
    threads.setTaskDecorator(new CompositeTaskDecorator(decorators));
    return new LoadThreads(threads, threads::close);
  }

  @Override
  public void execute(Runnable load) {
    executor.execute(load);
  }

  /** Takes no load from now on; those under way go on. */
  @Override
  public void close() {
    shutdown.run();
  }
}
