package io.groupcache.spring.load;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of loads, which take nothing over from the thread that happens to make them:
 * what they load is for all callers, and a pooled thread serves others later.
 */
final class LoadThreadFactory implements ThreadFactory {

  private static final String NAME_PREFIX = "groupcache-load-";

  private final AtomicInteger number = new AtomicInteger();
  private final ThreadFactory threads;
  private final @Nullable ClassLoader classLoader;

  private LoadThreadFactory(ThreadFactory threads, @Nullable ClassLoader classLoader) {
    this.threads = threads;
    this.classLoader = classLoader;
  }

  /** Makes daemons: a getter that never returns must not keep the JVM from ending. */
  static ThreadFactory platform(@Nullable ClassLoader classLoader) {
    ThreadFactory daemons =
        work -> {
          Thread thread = new Thread(null, work, NAME_PREFIX, 0, false);
          thread.setDaemon(true);
          return thread;
        };
    return new LoadThreadFactory(daemons, classLoader);
  }

  /** Makes virtual threads, which a JDK has from 21 on. */
  static ThreadFactory virtual(@Nullable ClassLoader classLoader) {
    return new LoadThreadFactory(virtualThreads(), classLoader);
  }

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = threads.newThread(work);
    thread.setName(NAME_PREFIX + number.incrementAndGet());
    thread.setContextClassLoader(classLoader);
    return thread;
  }

  /** {@code Thread.ofVirtual().inheritInheritableThreadLocals(false).factory()}. */
  private static ThreadFactory virtualThreads() {
    try {
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Object clean =
          type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
      return (ThreadFactory) type.getMethod("factory").invoke(clean);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This JDK has no virtual threads", e);
    }
  }
}
