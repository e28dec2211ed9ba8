package io.groupcache.spring.http.client;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS with what the JVM trusts, read when the first connection needs it: most applications that
 * configure none have no peer with TLS, and would start later for nothing.
 */
final class JvmTls implements TlsSocketStrategy {

  @Override
  public SSLSocket upgrade(
      Socket socket, String host, int port, @Nullable Object attachment, HttpContext context)
      throws IOException {
    return Trust.STRATEGY.upgrade(socket, host, port, attachment, context);
  }

  private static final class Trust {

    static final TlsSocketStrategy STRATEGY = DefaultClientTlsStrategy.createDefault();
  }
}
