package io.groupcache.spring.http;

import io.groupcache.GroupCache;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Takes this peer off its own ring before its server stops, in the phase that is stopped first:
 * what it owned goes to the peers that will own it, which it tells what they lack of changes, and
 * that it leaves, while it still answers the others.
 */
public final class GracefulLeave implements SmartLifecycle {

  private final HttpPool pool;
  private final ObjectProvider<GroupCache> groupCaches;
  private volatile boolean running;

  /** Makes the first step of a shutdown. */
  public GracefulLeave(HttpPool pool, ObjectProvider<GroupCache> groupCaches) {
    this.pool = pool;
    this.groupCaches = groupCaches;
  }

  @Override
  public void start() {
    pool.join(); // again, where the application was stopped for a while
    groupCaches.ifAvailable(GroupCache::join);
    running = true;
  }

  @Override
  public void stop() {
    pool.leave();
    groupCaches.ifAvailable(GroupCache::leave);
    running = false;
  }

  /** Not for a while either: the server isn't paused, and goes on answering. */
  @Override
  public boolean isPauseable() {
    return false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
