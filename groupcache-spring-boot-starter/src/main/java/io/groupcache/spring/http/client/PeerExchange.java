package io.groupcache.spring.http.client;

import java.util.Objects;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.jspecify.annotations.Nullable;

/** One request to a peer on its way through the client: its time, and the alarm that keeps it. */
final class PeerExchange extends HttpClientContext {

  private long deadline;
  private @Nullable ExchangeAlarm alarm;

  /**
   * Makes an exchange.
   *
   * @param generation the connections that it may use: those of exchanges with the same one
   */
  PeerExchange(@Nullable Object generation) {
    setUserToken(generation);
  }

  /** The exchange that a context of this client is. */
  static PeerExchange of(HttpClientContext context) {
    return (PeerExchange) context;
  }

  /** Gives the request so many nanoseconds from now on. */
  ExchangeAlarm begin(long nanos, Watchdog watchdog, ExecRuntime connection) {
    deadline = System.nanoTime() + nanos;
    alarm = new ExchangeAlarm(watchdog, connection);
    alarm.on(nanos);
    return alarm;
  }

  /** The alarm of a request that has begun. */
  ExchangeAlarm alarm() {
    return Objects.requireNonNull(alarm);
  }

  /** The nanoseconds that the request still has, not negative. */
  long left() {
    return Math.max(0, deadline - System.nanoTime());
  }
}
