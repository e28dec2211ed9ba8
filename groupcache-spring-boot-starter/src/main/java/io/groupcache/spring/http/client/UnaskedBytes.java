package io.groupcache.spring.http.client;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives up a connection on which a peer has sent bytes that nobody asked for, such as a second
 * answer, or a body that is longer than it says: they would be read as the answer to the next
 * request, about another key. {@link StaleConnectionRetry} then sends that on a fresh connection.
 */
final class UnaskedBytes {

  private UnaskedBytes() {}

  /** Makes connections that notice the bytes that were read along with the last answer. */
  static HttpConnectionFactory<ManagedHttpClientConnection> noticedWhenRead() {
    return ManagedHttpClientConnectionFactory.builder()
        .responseParserFactory(config -> new Parser())
        .build();
  }

  /** Sends requests, and notices the bytes that nobody has read before. */
  static HttpRequestExecutor noticedWhenSending() {
    return new Executor();
  }

  private static IOException noticed() {
    return new IOException("the peer has sent more than it was asked for");
  }

  private static final class Parser extends DefaultHttpResponseParser {

    private boolean answerGoesOn;

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
        throws IOException, HttpException {
      if (buffer.length() > 0 && !answerGoesOn) {
        throw noticed();
      }
      ClassicHttpResponse response = super.parse(buffer, in);
      answerGoesOn = response != null && response.getCode() < 200; // what counts is yet to come
      return response;
    }
  }

  private static final class Executor extends HttpRequestExecutor {

    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        @Nullable HttpResponseInformationCallback callback,
        HttpContext context)
        throws IOException, HttpException {
      if (connection instanceof ManagedHttpClientConnection managed
          && managed.getSocket().getInputStream().available() > 0) {
        HttpCoreContext.cast(context).setEndpointDetails(connection.getEndpointDetails());
        throw noticed();
      }
      return super.execute(request, connection, callback, context);
    }
  }
}
