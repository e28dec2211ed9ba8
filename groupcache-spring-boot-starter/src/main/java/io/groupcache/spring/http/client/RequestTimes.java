package io.groupcache.spring.http.client;

import io.groupcache.spring.http.wire.PeerTimeout;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.util.Timeout;

/**
 * How long a request to a peer may take, in nanoseconds: as the settings say, and no longer than
 * the get has that it is made for. The header that tells the peer how long its answer is waited for
 * has, on its way through the client, the time that the get has.
 */
final class RequestTimes {

  private final long readTimeout;
  private final long longestRequest;

  RequestTimes(Duration connectTimeout, Duration readTimeout) {
    this.readTimeout = readTimeout.toNanos();
    // Waiting for a connection, making it, a TLS handshake included, and the exchange on it.
    this.longestRequest = readTimeout.multipliedBy(2).plus(connectTimeout).toNanos();
  }

  /** For the request as a whole, the wait for a connection included. */
  long ofRequest(ClassicHttpRequest request) {
    Header timeout = request.getFirstHeader(PeerTimeout.HEADER);
    return timeout == null
        ? longestRequest
        : Math.min(longestRequest, PeerTimeout.read(timeout.getValue()).toNanos());
  }

  /** For the exchange on a connection, of which the peer is told. */
  long ofExchange(ClassicHttpRequest request, PeerExchange exchange) {
    long limit = Math.min(readTimeout, exchange.left());
    request.setHeader(PeerTimeout.HEADER, PeerTimeout.write(Duration.ofNanos(limit)));
    return limit;
  }

  /** Has the exchange wait for a connection no longer than it has time. */
  void limitLease(PeerExchange exchange) {
    exchange.setRequestConfig(
        RequestConfig.copy(exchange.getRequestConfigOrDefault())
            .setConnectionRequestTimeout(
                Timeout.of(Math.min(readTimeout, exchange.left()), TimeUnit.NANOSECONDS))
            .build());
  }
}
