package io.groupcache.internal;

import java.time.Duration;

/** Durations as a number of nanoseconds. */
public final class Durations {

  // Half of the range, so that adding it to nanoTime() never overflows what a difference can say.
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  private Durations() {}

  /** The duration in nanoseconds, not negative, or a very long time. */
  public static long saturatedNanos(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
  }
}
