package io.groupcache.spring.http.server;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Admits so much a second, and at most twice that at once. Safe for use from many threads. */
final class RateLimit {

  private static final int SECONDS_SAVED = 2;

  private final int perSecond;
  private final LongSupplier nanos;
  private double saved; // guarded by this
  private long last; // guarded by this

  RateLimit(int perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.saved = (double) perSecond * SECONDS_SAVED;
    this.last = nanos.getAsLong();
  }

  synchronized boolean admits(int amount) {
    long now = nanos.getAsLong();
    double more = (double) (now - last) / TimeUnit.SECONDS.toNanos(1) * perSecond;
    saved = Math.min((double) perSecond * SECONDS_SAVED, saved + more);
    last = now;
    if (amount > saved) {
      return false;
    }
    saved -= amount;
    return true;
  }
}
