package io.groupcache.spring.http;

import java.time.Duration;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.util.Timeout;

/**
 * How long a request to a peer may take: as the settings say, and no longer than the get has that
 * it is made for. The header that tells the peer how long its answer is waited for has, on its way
 * through the client, the time that the get has.
 */
final class RequestTimes {

  private static final String DEADLINE = RequestTimes.class.getName();

  private final Duration readTimeout;
  private final Duration longestRequest;

  RequestTimes(Duration connectTimeout, Duration readTimeout) {
    this.readTimeout = readTimeout;
    // Waiting for a connection, making it, a TLS handshake included, and the exchange on it.
    this.longestRequest = readTimeout.multipliedBy(2).plus(connectTimeout);
  }

  /** For the request as a whole, the wait for a connection included. */
  Duration ofRequest(ClassicHttpRequest request, HttpClientContext context) {
    Header timeout = request.getFirstHeader(PeerTimeout.HEADER);
    Duration limit = longestRequest;
    if (timeout != null) {
      limit = shorter(limit, PeerTimeout.read(timeout.getValue()));
    }
    context.setAttribute(DEADLINE, System.nanoTime() + limit.toNanos());
    limitLease(context, limit);
    return limit;
  }

  /** Whether there is time left to send it once more; if so, that much it may take. */
  boolean isEnoughForAnother(HttpClientContext context) {
    Duration left = left(context);
    limitLease(context, left);
    return !left.isZero();
  }

  /** For the exchange on a connection, of which the peer is told. */
  Duration ofExchange(ClassicHttpRequest request, HttpClientContext context) {
    Duration limit = shorter(readTimeout, left(context));
    request.setHeader(PeerTimeout.HEADER, PeerTimeout.write(limit));
    return limit;
  }

  private void limitLease(HttpClientContext context, Duration left) {
    context.setRequestConfig(
        RequestConfig.copy(context.getRequestConfigOrDefault())
            .setConnectionRequestTimeout(Timeout.of(shorter(readTimeout, left)))
            .build());
  }

  private static Duration left(HttpClientContext context) {
    long nanos = (long) context.getAttribute(DEADLINE) - System.nanoTime();
    return Duration.ofNanos(Math.max(0, nanos));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
