package io.groupcache.spring.http.client;

import io.groupcache.ProtoGetter;
import io.groupcache.spring.http.PeerRestClientCustomizer;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The pooled HTTP connections to all peers. Safe for use from many threads. */
public final class PeerConnections implements Function<String, ProtoGetter>, AutoCloseable {

  /** However few the requests on it: a peer's certificate may have been replaced meanwhile. */
  private static final TimeValue LONGEST_LIFE = TimeValue.ofMinutes(10);

  private final PeerConnectionSettings settings;
  private final Watchdog watchdog = new Watchdog();
  private final CloseableHttpClient httpClient;
  private final RestClient restClient;

  /**
   * Makes a pool with no connection yet.
   *
   * @param settings how peers are connected to
   * @param secret is sent with every request
   * @param tls the TLS of connections to peers; null for what the JVM trusts, and no certificate
   * @param customizers are applied in their order
   */
  public PeerConnections(
      PeerConnectionSettings settings,
      SharedSecret secret,
      @Nullable PeerTls tls,
      List<PeerRestClientCustomizer> customizers) {
    this.settings = settings;
    this.httpClient = newHttpClient(tls);
    HttpComponentsClientHttpRequestFactory requests =
        new HttpComponentsClientHttpRequestFactory(httpClient);
    requests.setHttpContextFactory(
        (method, uri) -> new PeerExchange(tls == null ? null : tls.generation()));
    RestClient.Builder builder = RestClient.builder().requestFactory(requests);
    secret.addTo(builder);
    customizers.forEach(customizer -> customizer.customize(builder));
    this.restClient = builder.build();
  }

  /** The way to the peer of that base URL. */
  @Override
  public ProtoGetter apply(String peer) {
    RestClientProtoGetter way =
        new RestClientProtoGetter(
            restClient, peer, settings.basePath(), settings.maxResponseBytes());
    return new CombiningWay(new PeerBreaker(peer, way));
  }

  /** Finds out whether {@code process} answers by that base URL, asking as others are asked. */
  public SelfCheck selfCheck(String peer, ProcessId process) {
    return new SelfCheck(restClient, URI.create(peer + settings.basePath()), process);
  }

  /** Closes all connections at once; requests that are under way fail. */
  @Override
  public void close() {
    httpClient.close(CloseMode.IMMEDIATE);
    watchdog.close();
  }

  private CloseableHttpClient newHttpClient(@Nullable PeerTls tls) {
    // No time-outs of sockets: a read that has one takes six calls of the system instead of one,
    // and the watchdog ends it in time.
    PoolingHttpClientConnectionManager connections =
        new InterruptibleSockets()
            .setConnectionFactory(UnaskedBytes.noticedWhenRead())
            .setTlsSocketStrategy(tls == null ? new JvmTls() : tls::upgrade)
            .setMaxConnPerRoute(settings.maxConnectionsPerPeer())
            .setMaxConnTotal(Integer.MAX_VALUE)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                    .setSocketTimeout(Timeout.DISABLED)
                    .setTimeToLive(LONGEST_LIFE)
                    .build())
            .setDefaultSocketConfig(
                SocketConfig.custom().setSoTimeout(Timeout.DISABLED).setTcpNoDelay(true).build())
            .build();
    if (tls != null) {
      tls.onChange(() -> connections.closeIdle(TimeValue.ZERO_MILLISECONDS));
    }
    RequestConfig requests = RequestConfig.custom().setAuthenticationEnabled(false).build();
    RequestTimes times = new RequestTimes(settings.connectTimeout(), settings.readTimeout());
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setRequestExecutor(UnaskedBytes.noticedWhenSending())
        .setDefaultRequestConfig(requests)
        .addRequestInterceptorLast(
            (request, entity, context) -> request.removeHeaders(HttpHeaders.CONNECTION))
        .addExecInterceptorBefore(
            ChainElement.PROTOCOL.name(), "request-limit", new RequestLimit(watchdog, times))
        .addExecInterceptorBefore(
            ChainElement.CONNECT.name(),
            "stale-retry",
            new StaleConnectionRetry(connections, times))
        .addExecInterceptorAfter(
            ChainElement.CONNECT.name(), "exchange-limit", new ExchangeLimit(times))
        .evictIdleConnections(TimeValue.of(30, TimeUnit.SECONDS))
        // A peer is asked once, but for the retry above, directly, and its answer is taken as it
        // is: what to do about a failure is for the group to decide.
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState() // but for the generation, which the exchange has
        .disableDefaultUserAgent()
        .build();
  }
}
