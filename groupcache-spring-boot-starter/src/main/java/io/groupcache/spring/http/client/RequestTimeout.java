package io.groupcache.spring.http.client;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The timeout of one request to a peer. When it expires, it closes the request's connection, which
 * ends the request whatever its thread is waiting for, and those that are likely to be as dead.
 * Times are in nanoseconds.
 */
final class RequestTimeout implements Runnable {

  private static final Log log = LogFactory.getLog(RequestTimeout.class);

  private static final String ATTRIBUTE = RequestTimeout.class.getName();

  /** The request may have had no connection when its timeout expired, and have got one since. */
  private static final long REPEAT = TimeUnit.MILLISECONDS.toNanos(100);

  private final ScheduledExecutorService scheduler;
  private final PeerConnectionPool pool;
  private final ExecChain.Scope scope;
  private final long readTimeout;
  private long deadline;
  private volatile long limit;
  private volatile long expiry;
  private volatile boolean expired;
  private volatile boolean cancelled;
  private volatile @Nullable Future<?> check;

  RequestTimeout(
      ScheduledExecutorService scheduler,
      PeerConnectionPool pool,
      ExecChain.Scope scope,
      long readTimeout) {
    this.scheduler = scheduler;
    this.pool = pool;
    this.scope = scope;
    this.readTimeout = readTimeout;
    scope.clientContext.setAttribute(ATTRIBUTE, this);
  }

  /** The timeout of the request that is sent in that context. */
  static RequestTimeout of(HttpContext context) {
    return (RequestTimeout) context.getAttribute(ATTRIBUTE);
  }

  /** Begins with the wait for a connection: the request has so much time as a whole. */
  void start(long nanos) {
    deadline = System.nanoTime() + nanos;
    restart(nanos);
    limitLease();
    checkIn(nanos);
  }

  /** Begins the wait for another connection, in the time that is left. */
  void startAgain() {
    restart(left());
    limitLease();
  }

  /** Begins the wait for the answer, and gives the time for that. */
  Duration startAnswer() {
    restart(Math.min(readTimeout, left()));
    return Duration.ofNanos(limit);
  }

  /** Whether there is time to try again. */
  boolean hasTime() {
    return !expired && left() > 0;
  }

  /** Lets the connection be: the request has ended. */
  void cancel() {
    cancelled = true;
    Future<?> scheduled = check;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }

  /** Closes the connection, if the request still has it: nobody reads the rest of the answer. */
  void closeConnection() {
    scope.execRuntime.discardEndpoint();
  }

  /** Says so where a request has failed because its time was up. */
  void throwIfExpired(Exception failure) throws SocketTimeoutException {
    if (expired) {
      SocketTimeoutException late =
          new SocketTimeoutException(
              "no answer within " + TimeUnit.NANOSECONDS.toMillis(limit) + " ms");
      late.addSuppressed(failure);
      throw late;
    }
  }

  /** Called in the scheduler's thread. */
  @Override
  public void run() {
    if (cancelled) {
      return;
    }
    long left = expiry - System.nanoTime();
    if (left > 0) {
      checkIn(left);
      return;
    }
    checkIn(REPEAT);
    try {
      expire();
    } catch (RuntimeException e) {
      log.warn("The connection of a request whose time was up could not be closed", e);
    }
  }

  private void expire() {
    boolean first = !expired;
    expired = true;
    closeConnection();
    if (first) {
      // The network may have forgotten all connections to that peer. Those on which an answer has
      // come while this request had none are alive.
      long start = expiry - limit;
      pool.closeIdle(scope.route, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private void restart(long nanos) {
    limit = nanos;
    expiry = System.nanoTime() + nanos;
  }

  /** No later than any wait that begins meanwhile may end: beginning one schedules nothing. */
  private void checkIn(long nanos) {
    check = scheduler.schedule(this, Math.min(nanos, readTimeout), TimeUnit.NANOSECONDS);
  }

  private void limitLease() {
    scope.clientContext.setRequestConfig(
        RequestConfig.copy(scope.clientContext.getRequestConfigOrDefault())
            .setConnectionRequestTimeout(
                Timeout.of(Math.min(readTimeout, left()), TimeUnit.NANOSECONDS))
            .build());
  }

  private long left() {
    return Math.max(0, deadline - System.nanoTime());
  }
}
