package io.groupcache.internal.change;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The clocks of one process, which go on when a test says so. */
final class FakeClock {

  private final AtomicLong nanos = new AtomicLong(-5); // where it begins says nothing
  private final AtomicLong wallMillis = new AtomicLong(1_700_000_000_000L);

  long nanos() {
    return nanos.get();
  }

  long wallMillis() {
    return wallMillis.get();
  }

  /** Both go on. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    passOnTheWall(time);
  }

  /** The machine sleeps: only the wall clock goes on. */
  void passOnTheWall(Duration time) {
    wallMillis.addAndGet(TimeUnit.NANOSECONDS.toMillis(time.toNanos()));
  }
}
