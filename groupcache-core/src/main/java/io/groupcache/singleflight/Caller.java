package io.groupcache.singleflight;

/** For whose sake work is done: one caller, and how long it waits. Immutable. */
public final class Caller {

  private final Thread thread = Thread.currentThread();
  private final long start = System.nanoTime();
  private final long timeoutNanos;

  /** Makes the one that this thread is, with so long from now. */
  Caller(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  Thread thread() {
    return thread;
  }

  /** When it came, as {@link System#nanoTime} says it. */
  long start() {
    return start;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  /** How long it will still wait; negative when it should have left. */
  long nanosLeft() {
    return timeoutNanos - (System.nanoTime() - start);
  }
}
