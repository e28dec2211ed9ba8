package io.groupcache.spring.http.client;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;

/**
 * The TLS of connections to peers, as an SSL bundle has it: what is trusted, the certificate that
 * is shown to peers who ask for one, the protocols and the ciphers. When the bundle changes, so
 * does what the next connection uses. Safe for use from many threads.
 */
public final class PeerTls {

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile TlsSocketStrategy current;

  /**
   * Makes it of a bundle, and follows the bundle's changes.
   *
   * @throws NoSuchSslBundleException when there is none of that name
   */
  public PeerTls(SslBundles bundles, String name) {
    this.current = strategy(bundles.getBundle(name));
    bundles.addBundleUpdateHandler(name, this::reload);
  }

  /** Starts TLS on a connection to a peer. */
  SSLSocket upgrade(
      Socket socket, String host, int port, @Nullable Object attachment, HttpContext context)
      throws IOException {
    return current.upgrade(socket, host, port, attachment, context);
  }

  /** Stands for what the next connection uses: another object after each change. */
  Object generation() {
    return current;
  }

  /** Has {@code listener} run after each change. */
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void reload(SslBundle bundle) {
    current = strategy(bundle);
    listeners.forEach(Runnable::run);
  }

  private static TlsSocketStrategy strategy(SslBundle bundle) {
    SslOptions options = bundle.getOptions();
    return new DefaultClientTlsStrategy(
        bundle.createSslContext(),
        options.getEnabledProtocols(),
        options.getCiphers(),
        SSLBufferMode.STATIC,
        HttpsSupport.getDefaultHostnameVerifier());
  }
}
