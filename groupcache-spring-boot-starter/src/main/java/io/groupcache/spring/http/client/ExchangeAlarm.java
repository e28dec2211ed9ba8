package io.groupcache.spring.http.client;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.jspecify.annotations.Nullable;

/** Breaks the connection of a request when its time is up, wherever its thread is then. */
final class ExchangeAlarm implements Watchdog.Watched {

  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Watchdog watchdog;
  private final ExecRuntime connection;
  private volatile long limitNanos;
  private volatile long deadline;
  private volatile @Nullable String rung;

  /** Makes an alarm that is off. */
  ExchangeAlarm(Watchdog watchdog, ExecRuntime connection) {
    this.watchdog = watchdog;
    this.connection = connection;
  }

  /** Rings in so many nanoseconds, until it is off. */
  void on(long nanos) {
    set(nanos);
    watchdog.watch(this);
  }

  /** Rings in so many nanoseconds instead. */
  void reset(long nanos) {
    set(nanos);
    watchdog.hurry(this);
  }

  /** Rings in so many nanoseconds, unless it would before. */
  void resetIfEarlier(long nanos) {
    if (nanos < deadline - System.nanoTime()) {
      reset(nanos);
    }
  }

  private void set(long nanos) {
    limitNanos = nanos;
    deadline = System.nanoTime() + nanos;
  }

  void off() {
    watchdog.forget(this);
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public void late() {
    if (rung == null) {
      rung = "no answer within " + TimeUnit.NANOSECONDS.toMillis(limitNanos) + " ms";
    }
    deadline = System.nanoTime() + AGAIN_NANOS; // there may be no connection yet
    breakConnection();
  }

  void breakConnection() {
    connection.discardEndpoint();
  }

  /** What is wrong with a connection that this has broken is that the time was up. */
  IOException explain(IOException failure) {
    String said = rung;
    return said == null ? failure : late(said, failure);
  }

  /** Before a connection is used, that it is not there is no I/O's failure. */
  IOException explain(IllegalStateException failure) throws IllegalStateException {
    String said = rung;
    if (said == null) {
      throw failure;
    }
    return late(said, failure);
  }

  private static IOException late(String said, Exception failure) {
    SocketTimeoutException late = new SocketTimeoutException(said);
    late.addSuppressed(failure);
    return late;
  }
}
