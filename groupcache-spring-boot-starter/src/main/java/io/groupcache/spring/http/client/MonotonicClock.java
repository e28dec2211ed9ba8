package io.groupcache.spring.http.client;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Measures elapsed time only: its instants count from an arbitrary origin. Setting the system's
 * time, by hand or by NTP, does not move it.
 */
final class MonotonicClock extends Clock {

  private final LongSupplier nanoTime;

  /** Makes a clock that shows the nanoseconds of {@code nanoTime}. */
  MonotonicClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanoTime.getAsLong());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Its instants are in no time zone");
  }
}
