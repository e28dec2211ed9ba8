package io.groupcache.spring.http.client;

import io.groupcache.spring.http.PeerRestClientCustomizer;
import io.groupcache.spring.http.wire.SharedSecret;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * One pool of connections to all peers, and the client that uses it. Safe for use from many
 * threads.
 */
final class PeerHttp implements AutoCloseable {

  private final PeerConnectionPool pool;
  private final RequestTimer timer;
  private final CloseableHttpClient httpClient;
  private final RestClient restClient;

  PeerHttp(
      PeerConnectionSettings settings,
      SharedSecret secret,
      @Nullable PeerTls tls,
      List<PeerRestClientCustomizer> customizers) {
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

  RestClient restClient() {
    return restClient;
  }

  /** Closes the connections that no request uses. */
  void closeIdle() {
    pool.closeIdle();
  }

  /** Closes all connections at once; requests that are under way fail. */
  @Override
  public void close() {
    httpClient.close(CloseMode.IMMEDIATE);
    timer.close();
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
