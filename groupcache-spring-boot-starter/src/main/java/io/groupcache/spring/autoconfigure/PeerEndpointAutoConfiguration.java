package io.groupcache.spring.autoconfigure;

import io.groupcache.GetContext;
import io.groupcache.GroupCache;
import io.groupcache.spring.diagnostics.OpenEndpointCheck;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.PeerContextFactory;
import io.groupcache.spring.http.server.FailureMessages;
import io.groupcache.spring.http.server.PeerController;
import io.groupcache.spring.http.server.PromisedLoadsShutdown;
import io.groupcache.spring.http.server.mvc.NoFormsFilter;
import io.groupcache.spring.http.server.mvc.PeerEndpoint;
import io.groupcache.spring.http.server.mvc.PeerHandlerMapping;
import io.groupcache.spring.http.server.port.PeerPort;
import io.groupcache.spring.http.server.port.PeerPortSettings;
import io.groupcache.spring.http.server.tomcat.KeptConnections;
import io.groupcache.spring.http.server.tomcat.PeerNioProtocol;
import io.groupcache.spring.http.server.tomcat.PeerTomcatCustomizer;
import io.groupcache.spring.http.server.tomcat.PeerTomcatSettings;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.apache.catalina.core.StandardServer;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.util.UriUtils;

/**
 * Answers the other peers: on a port of their own, or on that of a Spring MVC application. Which of
 * them is decided when the application starts; both are there when it is built.
 */
@AutoConfiguration(
    after = GroupCacheAutoConfiguration.class,
    afterName = "org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration")
@ConditionalOnGroupCacheEnabled
@ConditionalOnClass(HttpServletRequest.class)
@ConditionalOnBean(GroupCache.class)
public final class PeerEndpointAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  PeerContextFactory groupCachePeerContextFactory() {
    return request -> GetContext.background();
  }

  @Bean
  @ConditionalOnMissingBean
  PeerController groupCachePeerController(
      GroupCache groupCache,
      GroupCacheProperties properties,
      PeerContextFactory contexts,
      SharedSecret secret,
      ProcessId process,
      ObjectProvider<HttpPool> pools) {
    FailureMessages failures = new FailureMessages(properties.security().exposeMessages(), secret);
    return new PeerController(
        groupCache,
        properties.basePath(),
        contexts,
        secret,
        failures,
        properties.server().maxConcurrentRequests(),
        properties.timeout(),
        process,
        (int) properties.maxValueBytes().toBytes(),
        peer -> pools.ifAvailable(pool -> pool.saidGoodbye(peer)));
  }

  @Bean
  PromisedLoadsShutdown groupCachePromisedLoadsShutdown(
      PeerController controller, Environment environment) {
    return new PromisedLoadsShutdown(controller, shutdownTimeout(Binder.get(environment)));
  }

  private static Duration shutdownTimeout(Binder binder) {
    return binder
        .bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
        .orElse(Duration.ofSeconds(30));
  }

  /** What the application says comes first. */
  private static int maxKeepAliveRequests(Environment environment) {
    return Binder.get(environment)
        .bind(KeptConnections.PROPERTY, Integer.class)
        .orElse(KeptConnections.DEFAULT_REQUESTS);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(StandardServer.class)
  static class PortConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PeerPort groupCachePeerPort(
        GroupCacheProperties properties,
        PeerController controller,
        SharedSecret secret,
        ApplicationContext context,
        ConfigurableEnvironment environment,
        ObjectProvider<SslBundles> bundles) {
      PeerServerProperties server = properties.server();
      Integer port = server.port();
      return new PeerPort(
          port == null || isMock(context) ? null : settings(port, properties, environment),
          controller,
          secret,
          environment,
          SslBundleSetting.bundlesWith(
              "groupcache.server.ssl.bundle", server.ssl().bundle(), bundles));
    }

    private static PeerPortSettings settings(
        int port, GroupCacheProperties properties, ConfigurableEnvironment environment) {
      Binder binder = Binder.get(environment);
      PeerServerProperties server = properties.server();
      return new PeerPortSettings(
          properties.self() == null ? "" : URI.create(properties.self()).getRawPath(),
          properties.basePath(),
          port,
          binder.bind("server.address", InetAddress.class).orElse(null),
          server.ssl().bundle(),
          server.ssl().clientAuth(),
          server.maxThreads(),
          Threading.VIRTUAL.isActive(environment),
          maxKeepAliveRequests(environment),
          (int)
              binder
                  .bind("server.max-http-request-header-size", DataSize.class)
                  .orElse(DataSize.ofKilobytes(8))
                  .toBytes(),
          server.writeBufferBytes(),
          shutdownTimeout(binder));
    }

    /** Whether this is a web application in a test that has no server at all. */
    private static boolean isMock(ApplicationContext context) {
      return (context instanceof WebApplicationContext
              || context instanceof ReactiveWebApplicationContext)
          && !(context instanceof WebServerApplicationContext);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass({DispatcherServlet.class, DispatcherServletRegistrationBean.class})
  static class MvcConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PeerEndpoint groupCachePeerEndpoint(
        GroupCacheProperties properties,
        ObjectProvider<DispatcherServletRegistrationBean> servlet) {
      DispatcherServletRegistrationBean mvc = servlet.getIfAvailable();
      return new PeerEndpoint(
          properties.self() != null && properties.server().port() == null,
          mvc == null ? "dispatcherServlet" : mvc.getServletName(),
          (mvc == null ? "" : mvc.getPrefix()) + properties.basePath());
    }

    @Bean
    @ConditionalOnMissingBean
    PeerHandlerMapping groupCachePeerHandlerMapping(
        PeerController controller, GroupCacheProperties properties, PeerEndpoint endpoint) {
      return new PeerHandlerMapping(controller, properties.basePath(), endpoint);
    }

    @Bean
    @ConditionalOnMissingBean(name = "groupCachePeerNoFormsFilter")
    FilterRegistrationBean<NoFormsFilter> groupCachePeerNoFormsFilter(PeerEndpoint endpoint) {
      FilterRegistrationBean<NoFormsFilter> registration =
          new FilterRegistrationBean<>(new NoFormsFilter(endpoint));
      registration.addUrlPatterns(
          "/*"); // a key such as ".." leads out of any other, as servers map
      registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
      registration.setEnabled(endpoint.isOpen());
      return registration;
    }

    @Bean
    @ConditionalOnMissingBean
    OpenEndpointCheck groupCacheOpenEndpointCheck(
        PeerEndpoint endpoint,
        GroupCacheProperties properties,
        SharedSecret secret,
        ObjectProvider<ServerProperties> server,
        ListableBeanFactory beans) {
      boolean closed =
          secret.isSet()
              || properties.security().allowAnonymous()
              || asksEveryoneForACertificate(server.getIfAvailable());
      return new OpenEndpointCheck(endpoint, closed, beans);
    }

    /** Without an embedded server there are no such properties, and they would have no effect. */
    private static boolean asksEveryoneForACertificate(@Nullable ServerProperties server) {
      Ssl ssl = server == null ? null : server.getSsl();
      return ssl != null && Ssl.isEnabled(ssl) && ssl.getClientAuth() == Ssl.ClientAuth.NEED;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass({
    DispatcherServlet.class,
    DispatcherServletRegistrationBean.class,
    StandardServer.class,
    ConfigurableTomcatWebServerFactory.class
  })
  @ImportRuntimeHints(ProtocolHints.class)
  static class TomcatConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PeerTomcatCustomizer groupCachePeerTomcatCustomizer(
        GroupCacheProperties properties,
        PeerEndpoint endpoint,
        DispatcherServletPath servlet,
        ServerProperties server,
        SharedSecret secret,
        Environment environment) {
      String contextPath = Objects.requireNonNullElse(server.getServlet().getContextPath(), "");
      PeerTomcatSettings settings =
          new PeerTomcatSettings(
              UriUtils.encodePath(contextPath + servlet.getPrefix(), StandardCharsets.UTF_8)
                  + properties.basePath(),
              properties.server().maxThreads(),
              Threading.VIRTUAL.isActive(environment),
              properties.server().passthroughEncodedSlashes(),
              maxKeepAliveRequests(environment),
              properties.server().writeBufferBytes());
      return new PeerTomcatCustomizer(endpoint, settings, secret);
    }
  }

  /** Tomcat makes the protocol, and sets its properties, by reflection. */
  static class ProtocolHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
      hints
          .reflection()
          .registerType(
              PeerNioProtocol.class,
              MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS,
              MemberCategory.INVOKE_PUBLIC_METHODS);
    }
  }
}
