package io.groupcache.spring.load;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The threads in which application contexts are starting. A load that begins in one of them runs in
 * it: its getter may be a bean that has yet to be made, and any other thread would wait for this
 * one before it could make it. Safe for use from many threads.
 */
public final class ContextStarts {

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** Says that a context starts in {@code thread}. */
  public void begin(Thread thread) {
    threads.add(thread);
  }

  /** Says that the context in {@code thread} has all its beans, or has failed. */
  public void end(Thread thread) {
    threads.remove(thread);
  }

  /** Runs loads on {@code executor}, but those that begin while a context starts. */
  public Executor wrap(LoadExecutor executor) {
    return load -> {
      if (threads.contains(Thread.currentThread())) {
        load.run();
      } else {
        executor.execute(load);
      }
    };
  }
}
