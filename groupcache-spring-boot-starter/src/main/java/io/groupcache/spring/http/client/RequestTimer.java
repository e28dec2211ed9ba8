package io.groupcache.spring.http.client;

import io.groupcache.spring.http.wire.PeerTimeout;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Bounds every request to a peer, from the wait for a connection to the last byte of the answer,
 * and tells the peer how long its answer is waited for. The time-out of a socket would not do: it
 * starts afresh with every byte, so a peer that sends one now and then would hold its caller for
 * ever.
 *
 * <p>A request that is made for a get has, on its way through the client, the time that the get has
 * left in {@link PeerTimeout#HEADER}.
 */
final class RequestTimer implements ExecChainHandler, HttpRequestInterceptor, AutoCloseable {

  private static final long TICK_MILLIS = 100;

  private final ScheduledThreadPoolExecutor scheduler =
      new ScheduledThreadPoolExecutor(1, RequestTimer::newThread);
  private final PeerConnectionPool pool;
  private final long readTimeout;
  private final long longestRequest;

  /** Makes a timer that closes connections of that pool. */
  RequestTimer(PeerConnectionPool pool, Duration connectTimeout, Duration readTimeout) {
    this.pool = pool;
    this.readTimeout = readTimeout.toNanos();
    // Waiting for a connection, making it, a TLS handshake included, and the answer.
    this.longestRequest = readTimeout.multipliedBy(2).plus(connectTimeout).toNanos();
    scheduler.setRemoveOnCancelPolicy(true);
    // Adding what is due before everything else wakes the scheduler's thread. Without this task,
    // that is every request of a lone caller: 24 % fewer gets a second.
    Future<?> unused =
        scheduler.scheduleWithFixedDelay(() -> {}, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "groupcache-timer");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    RequestTimeout timeout = new RequestTimeout(scheduler, pool, scope, readTimeout);
    timeout.start(timeOf(request));
    boolean answered = false;
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      HttpEntity entity = response.getEntity();
      if (entity != null) {
        response.setEntity(new LimitedEntity(entity, timeout));
        answered = true;
      }
      return response;
    } catch (IOException | IllegalStateException failure) {
      // Using a connection that the timeout has taken away already is an IllegalStateException.
      timeout.throwIfExpired(failure);
      throw failure;
    } finally {
      if (!answered) {
        timeout.cancel();
      }
    }
  }

  /** Called when there is a connection, and the request is about to be sent. */
  @Override
  public void process(HttpRequest request, EntityDetails entity, HttpContext context) {
    Duration time = RequestTimeout.of(context).startAnswer();
    request.setHeader(PeerTimeout.HEADER, PeerTimeout.write(time));
  }

  private long timeOf(HttpRequest request) {
    Header given = request.getFirstHeader(PeerTimeout.HEADER);
    return given == null
        ? longestRequest
        : Math.min(longestRequest, PeerTimeout.read(given.getValue()).toNanos());
  }

  /** Bounds nothing any longer. */
  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
