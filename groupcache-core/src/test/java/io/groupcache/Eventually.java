package io.groupcache;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads, or time, bring about. */
public final class Eventually {

  private Eventually() {}

  /** Returns once it holds; fails when it does not come to that. */
  public static void holds(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(20)) {
        fail("It did not come to that");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
