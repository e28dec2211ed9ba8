package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Sinks;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.PeerContextFactory;
import io.groupcache.spring.http.PeerRestClientCustomizer;
import io.groupcache.spring.http.client.RestClientProtoGetter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.system.JavaVersion;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Peers in applications that are set up in other ways than the plainest one. */
@Timeout(60)
class PeerEnvironmentTests {

  @ParameterizedTest
  @CsvSource({
    "'', server.servlet.context-path=, /_groupcache/",
    "/app, server.servlet.context-path=/app, /_groupcache/",
    "/app, server.servlet.context-path=/app/, /_groupcache/",
    "/mvc, spring.mvc.servlet.path=/mvc, /_groupcache/",
    "'', groupcache.base-path=/peers/v1/, /peers/v1/",
    "/my%20app, server.servlet.context-path=/my app, /_groupcache/",
  })
  void peersReachEachOther(String path, String property, String basePath) throws IOException {
    try (RunningApp owner = RunningApp.start(App.class, property);
        RunningApp client = RunningApp.start(App.class, "groupcache.base-path=" + basePath)) {
      client.bean(HttpPool.class).set(owner.url() + path);
      Group echo = client.bean(GroupCache.class).group("echo");

      assertThat(echo.get("a/b c+d", Sinks.string())).isEqualTo("a/b c+d");
      assertThat(echo.stats().loadsPeer()).isEqualTo(1);
      try (RawHttp connection = new RawHttp(owner.port())) {
        RawHttp.Answer refused = connection.get(path + basePath + "echo/%00");
        assertThat(refused.text()).startsWith("The server can't read this request");
      }
    }
  }

  @Test
  void getterRunsInAVirtualThreadWhereThereAreSome() {
    try (RunningApp owner = RunningApp.start(App.class, "spring.threads.virtual.enabled=true");
        RunningApp client = RunningApp.start(App.class)) {
      client.bean(HttpPool.class).set(owner.url());

      String thread = client.bean(GroupCache.class).group("thread").get("k", Sinks.string());

      assertThat(thread.startsWith("VirtualThread"))
          .as(thread)
          .isEqualTo(JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE));
    }
  }

  @Test
  void aHeaderTravelsFromTheCallersContextToTheGetter() {
    try (RunningApp owner = RunningApp.start(App.class);
        RunningApp client = RunningApp.start(App.class)) {
      client.bean(HttpPool.class).set(owner.url());
      GetContext context = GetContext.background().withAttribute("tenant", "acme");

      String seen = client.bean(GroupCache.class).group("tenant").get(context, "k", Sinks.string());

      assertThat(seen).isEqualTo("acme, from a peer: true");
    }
  }

  @Test
  void theApplicationsInterceptorsDoNotSeePeers() {
    try (RunningApp owner = RunningApp.start(App.class);
        RunningApp client = RunningApp.start(App.class)) {
      client.bean(HttpPool.class).set(owner.url());

      assertThat(client.bean(GroupCache.class).group("echo").get("k", Sinks.string()))
          .isEqualTo("k");
      assertThat(client.bean(GroupCache.class).group("echo").stats().peerErrors()).isZero();
    }
  }

  @Test
  void peersAreNotAnsweredOnTheManagementPort() throws IOException {
    try (RunningApp app = RunningApp.start(App.class, "management.server.port=0")) {
      int port = app.localPort("local.management.port");
      try (RawHttp connection = new RawHttp(port)) {
        RawHttp.Answer answer = connection.get("/_groupcache/echo/k");

        assertThat(answer.status()).isBetween(403, 404);
        assertThat(answer.text()).doesNotEndWith("k");
      }
    }
  }

  @Test
  void encodedSlashesCanBeLeftToTheServer() throws IOException {
    try (RunningApp app =
            RunningApp.start(App.class, "groupcache.server.passthrough-encoded-slashes=false");
        RawHttp connection = new RawHttp(app.port())) {
      assertThat(connection.get("/_groupcache/echo/a/b").status()).isEqualTo(200);
      assertThat(connection.get("/_groupcache/echo/a%2Fb").status()).isEqualTo(400);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    Getter thread() {
      return (context, key, dest) -> dest.setString(Thread.currentThread().toString());
    }

    @Bean
    Getter tenant() {
      return (context, key, dest) ->
          dest.setString(
              context.attribute("tenant", String.class).orElse("none")
                  + ", from a peer: "
                  + context.fromPeer());
    }

    @Bean
    PeerContextFactory contexts() {
      return request -> {
        String tenant = request.getHeader("X-Tenant");
        GetContext context = GetContext.background();
        return tenant == null ? context : context.withAttribute("tenant", tenant);
      };
    }

    /** An application's own guard, which knows nothing of peers. */
    @Bean
    WebMvcConfigurer guard() {
      return new WebMvcConfigurer() {
        @Override
        public void addInterceptors(InterceptorRegistry registry) {
          registry.addInterceptor(
              new HandlerInterceptor() {
                @Override
                public boolean preHandle(
                    HttpServletRequest request, HttpServletResponse response, Object handler) {
                  response.setStatus(HttpServletResponse.SC_FORBIDDEN);
                  return false;
                }
              });
        }
      };
    }

    @Bean
    @Order(1)
    PeerRestClientCustomizer tenantHeader() {
      return builder ->
          builder.requestInterceptor((request, body, execution) -> {
            RestClientProtoGetter.contextOf(request)
                .flatMap(context -> context.attribute("tenant", String.class))
                .ifPresent(tenant -> request.getHeaders().set("X-Tenant", tenant));
            return execution.execute(request, body);
          });
    }
  }
}
