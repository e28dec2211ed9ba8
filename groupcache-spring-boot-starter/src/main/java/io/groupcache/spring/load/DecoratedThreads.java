package io.groupcache.spring.load;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** As many threads as there are loads, with what the application's task decorators bring along. */
public final class DecoratedThreads implements LoadExecutor, AutoCloseable {

  private final TaskDecorator decorator;
  private final TaskExecutor executor;
  private final Runnable shutdown;

  private DecoratedThreads(
      List<TaskDecorator> decorators, TaskExecutor executor, Runnable shutdown) {
    this.decorator = new CompositeTaskDecorator(decorators);
    this.executor = executor;
    this.shutdown = shutdown;
  }

  /** Threads that are kept for a while once their load is done, with that class loader. */
  public static DecoratedThreads platform(
      List<TaskDecorator> decorators, @Nullable ClassLoader classLoader) {
    ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
    pool.setCorePoolSize(0);
    pool.setQueueCapacity(0);
    pool.setKeepAliveSeconds(IdleThreads.SECONDS);
    pool.setThreadFactory(LoadThreadFactory.platform(classLoader));
    pool.setWaitForTasksToCompleteOnShutdown(true); // as in: don't interrupt them
    pool.initialize();
    return new DecoratedThreads(decorators, pool, pool::shutdown);
  }

  /** A virtual thread for each load, with that class loader. */
  public static DecoratedThreads virtual(
      List<TaskDecorator> decorators, @Nullable ClassLoader classLoader) {
    SimpleAsyncTaskExecutor threads =
        new SimpleAsyncTaskExecutor(LoadThreadFactory.virtual(classLoader));
    return new DecoratedThreads(decorators, threads, threads::close);
  }

  @Override
  public void execute(Runnable load) {
    Once once = new Once(load);
    Runnable decorated = decorator.decorate(once);
    executor.execute(() -> {
      try {
        decorated.run();
      } finally {
        once.run(); // what a decorator fails to run would never end for its callers
      }
    });
  }

  /** Takes no load from now on; those under way go on. */
  @Override
  public void close() {
    shutdown.run();
  }

  /** Runs a load the first time that it is run. */
  private static final class Once implements Runnable {

    private final Runnable load;
    private final AtomicBoolean begun = new AtomicBoolean();

    Once(Runnable load) {
      this.load = load;
    }

    @Override
    public void run() {
      if (begun.compareAndSet(false, true)) {
        load.run();
      }
    }
  }
}
