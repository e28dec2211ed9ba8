package io.groupcache.spring.http.client;

import io.groupcache.ProtoGetter;
import io.groupcache.spring.http.PeerRestClientCustomizer;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import io.groupcache.spring.load.IdleThreads;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * The pooled HTTP connections to all peers. Those that no request uses are closed when the
 * application context is stopped; peers can still be asked then. Safe for use from many threads.
 */
public final class PeerConnections
    implements Function<String, ProtoGetter>, SmartLifecycle, AutoCloseable {

  private final PeerConnectionSettings settings;
  private final PeerConnectionPool pool;
  private final RequestTimer timer;
  private final CloseableHttpClient httpClient;
  private final RestClient restClient;
  private final ProcessId self;
  private final ExecutorService waitThreads = IdleThreads.newPool("groupcache-wait-");
  private volatile boolean running;

  /**
   * Makes a pool with no connection yet.
   *
   * @param settings how peers are connected to
   * @param secret is sent with every request
   * @param tls the TLS of connections to peers; null for what the JVM trusts, and no certificate
   * @param customizers are applied in their order
   * @param self names this process to the peers
   */
  public PeerConnections(
      PeerConnectionSettings settings,
      SharedSecret secret,
      @Nullable PeerTls tls,
      List<PeerRestClientCustomizer> customizers,
      ProcessId self) {
    this.self = self;
    this.settings = settings;
    this.pool = new PeerConnectionPool(settings, tls == null ? new JvmTls() : tls::upgrade);
    this.timer = new RequestTimer(pool, settings.connectTimeout(), settings.readTimeout());
    this.httpClient = newHttpClient();
    if (tls != null) {
      tls.onChange(pool::closeIdle);
    }
    HttpComponentsClientHttpRequestFactory requests =
        new HttpComponentsClientHttpRequestFactory(httpClient);
    if (tls != null) {
      requests.setHttpContextFactory((method, uri) -> contextOf(tls.generation()));
    }
    RestClient.Builder builder = RestClient.builder().requestFactory(requests);
    secret.addTo(builder);
    customizers.forEach(customizer -> customizer.customize(builder));
    this.restClient = builder.build();
  }

  /** The way to the peer of that base URL. */
  @Override
  public ProtoGetter apply(String peer) {
    PeerRequests requests =
        new PeerRequests(restClient, peer, settings.basePath(), settings.maxResponseBytes(), self);
    return new RestClientProtoGetter(
        new PeerBreaker(peer, requests),
        new LoadWaits(requests, waitThreads),
        settings.readTimeout().toNanos());
  }

  @Override
  public void start() {
    running = true;
  }

  /** Closes the connections that no request uses. */
  @Override
  public void stop() {
    pool.closeIdle();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops last: until the server has stopped, its requests need peers. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }

  /** Finds out whether {@code process} answers by that base URL, asking as others are asked. */
  public SelfCheck selfCheck(String peer, ProcessId process) {
    return new SelfCheck(restClient, URI.create(peer + settings.basePath()), process);
  }

  /** Closes all connections at once; requests that are under way fail. */
  @Override
  public void close() {
    httpClient.close(CloseMode.IMMEDIATE);
    timer.close();
    waitThreads.shutdown();
  }

  /** Has a request use connections of that generation only, and its own be one of them. */
  private static HttpClientContext contextOf(Object generation) {
    HttpClientContext context = HttpClientContext.create();
    context.setUserToken(generation);
    return context;
  }

  private CloseableHttpClient newHttpClient() {
    return HttpClients.custom()
        .setConnectionManager(pool)
        .setRequestExecutor(UnaskedBytes.noticedWhenSending())
        .setDefaultRequestConfig(RequestConfig.custom().setAuthenticationEnabled(false).build())
        .addRequestInterceptorLast(
            (request, entity, context) -> request.removeHeaders(HttpHeaders.CONNECTION))
        .addRequestInterceptorLast(timer)
        .addExecInterceptorBefore(ChainElement.PROTOCOL.name(), "timer", timer)
        .addExecInterceptorBefore(
            ChainElement.CONNECT.name(), "stale-retry", new StaleConnectionRetry(pool))
        .evictIdleConnections(TimeValue.of(30, TimeUnit.SECONDS))
        // A peer is asked once, but for the retry above, directly, and its answer is taken as it
        // is: what to do about a failure is for the group to decide.
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState() // but for the generation, which the context has
        .disableDefaultUserAgent()
        .build();
  }
}
