package io.groupcache.singleflight;

/** For whose sake work is done: one thread, and how long it waits. Immutable. */
public final class Caller {

  private static final long FOREVER = Long.MAX_VALUE;

  private final Thread thread = Thread.currentThread();
  private final long start;
  private final long timeoutNanos;

  private Caller(long start, long timeoutNanos) {
    this.start = start;
    this.timeoutNanos = timeoutNanos;
  }

  /** This thread, which waits as long as it takes. */
  public static Caller patient() {
    return new Caller(0, FOREVER); // nobody asks when it came, so that the clock need not be read
  }

  /** This thread, which waits so long from now, in nanoseconds. */
  public static Caller within(long nanos) {
    return nanos == FOREVER ? patient() : new Caller(System.nanoTime(), nanos);
  }

  Thread thread() {
    return thread;
  }

  /** How long it will still wait, in nanoseconds; negative when it should have left. */
  public long nanosLeft() {
    return timeoutNanos == FOREVER ? FOREVER : timeoutNanos - (System.nanoTime() - start);
  }

  /** Whether it came longer ago than that, and than it waits. */
  boolean isOlderThan(long nanos) {
    return nanos != FOREVER
        && timeoutNanos != FOREVER
        && System.nanoTime() - start > Math.max(nanos, timeoutNanos);
  }
}
