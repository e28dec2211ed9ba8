package io.groupcache.spring.http.client;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.DefaultDisposalCallback;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.pool.StrictConnPool;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The open connections to all peers. Safe for use from many threads. */
final class PeerConnectionPool extends PoolingHttpClientConnectionManager {

  /** However few the requests on it: a peer's certificate may have been replaced meanwhile. */
  private static final TimeValue LONGEST_LIFE = TimeValue.ofMinutes(10);

  /**
   * Sockets of channels: their reads and writes end when their thread is interrupted, which those
   * of other sockets do in virtual threads only.
   */
  private static final DetachedSocketFactory INTERRUPTIBLE_SOCKETS =
      new DetachedSocketFactory() {
        @Override
        public Socket create(Proxy proxy) throws IOException {
          return SocketChannel.open().socket();
        }
      };

  private final StrictConnPool<HttpRoute, ManagedHttpClientConnection> connections;

  /** Makes a pool with no connection yet. */
  PeerConnectionPool(PeerConnectionSettings settings, TlsSocketStrategy tls) {
    this(
        new StrictConnPool<>(
            settings.maxConnectionsPerPeer(),
            Integer.MAX_VALUE,
            LONGEST_LIFE,
            PoolReusePolicy.LIFO,
            new DefaultDisposalCallback<>(),
            null),
        tls);
    setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(settings.connectTimeout()))
            .setSocketTimeout(Timeout.DISABLED)
            .build());
    // A read with a time-out takes six system calls instead of one; the request's timer ends it.
    setDefaultSocketConfig(
        SocketConfig.custom().setSoTimeout(Timeout.DISABLED).setTcpNoDelay(true).build());
  }

  private PeerConnectionPool(
      StrictConnPool<HttpRoute, ManagedHttpClientConnection> connections, TlsSocketStrategy tls) {
    super(
        new DefaultHttpClientConnectionOperator(
            INTERRUPTIBLE_SOCKETS,
            null,
            null,
            RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build()),
        connections,
        UnaskedBytes.noticedWhenRead());
    this.connections = connections;
  }

  /** Closes all connections that no request uses. */
  void closeIdle() {
    closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  /** Closes the connections to one peer that no request uses, or has used for {@code idleTime}. */
  void closeIdle(HttpRoute peer, Duration idleTime) {
    // The pool goes by the system's clock. Where that was set back, a connection seems to have been
    // used later than now, and is closed although it may be newer.
    long now = System.currentTimeMillis();
    long since = now - idleTime.toMillis();
    connections.enumAvailable(connection -> {
      boolean used = connection.getUpdated() > since && connection.getUpdated() <= now;
      if (!used && connection.getRoute().equals(peer)) {
        connection.discardConnection(CloseMode.IMMEDIATE); // a broken one is not waited for
      }
    });
  }
}
