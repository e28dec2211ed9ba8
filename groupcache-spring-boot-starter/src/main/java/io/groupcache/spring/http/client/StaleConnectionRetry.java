package io.groupcache.spring.http.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * Sends a request once more, on a fresh connection, when one that had been used before breaks
 * before there is an answer: the peer has been restarted, most likely, or had closed it for being
 * idle. A get can be repeated, of one key or of many.
 */
final class StaleConnectionRetry implements ExecChainHandler {

  private final PeerConnectionPool pool;

  StaleConnectionRetry(PeerConnectionPool pool) {
    this.pool = pool;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    try {
      return chain.proceed(request, scope);
    } catch (IOException failure) {
      RequestTimeout timeout = RequestTimeout.of(scope.clientContext);
      if (!wasStale(failure, scope.clientContext) || !timeout.hasTime()) {
        throw failure;
      }
      timeout.startAgain();
      pool.closeIdle(scope.route, Duration.ZERO); // the others have been idle for longer
      // Those of a request with a body, which are added again, and must not be there before.
      request.removeHeaders(HttpHeaders.CONTENT_LENGTH);
      request.removeHeaders(HttpHeaders.TRANSFER_ENCODING);
      return chain.proceed(request, scope);
    }
  }

  private static boolean wasStale(IOException failure, HttpClientContext context) {
    EndpointDetails connection = context.getEndpointDetails();
    return connection != null
        && connection.getResponseCount() > 0
        && !(failure instanceof InterruptedIOException) // nor a time-out, which is one too
        && !Thread.currentThread().isInterrupted();
  }
}
