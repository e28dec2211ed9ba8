package io.groupcache.spring.http.server;

import java.util.concurrent.Semaphore;

/**
 * What one request holds of the permits that all share: one at least, and more where it has many
 * keys, so that as many of them may be loaded at a time. For one thread.
 */
final class RequestPermits implements AutoCloseable {

  private final Semaphore all;
  private int held;

  private RequestPermits(Semaphore all, int held) {
    this.all = all;
    this.held = held;
  }

  /**
   * Takes half of those that are there, up to {@code wanted}, so that a few such requests don't
   * keep all others out; the last one, too, and none when there are none.
   */
  static RequestPermits take(Semaphore all, int wanted) {
    int free = all.availablePermits();
    int most = Math.min(wanted, free - free / 2);
    int taken = 0;
    while (taken < most && all.tryAcquire()) {
      taken++;
    }
    return new RequestPermits(all, taken);
  }

  /** How many there are. */
  int count() {
    return held;
  }

  /** Gives back all but so many. */
  void keepAtMost(int count) {
    if (held > count) {
      all.release(held - count);
      held = count;
    }
  }

  @Override
  public void close() {
    keepAtMost(0);
  }
}
