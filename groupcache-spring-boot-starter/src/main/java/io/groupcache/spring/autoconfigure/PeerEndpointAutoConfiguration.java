package io.groupcache.spring.autoconfigure;

import io.groupcache.GetContext;
import io.groupcache.GroupCache;
import io.groupcache.spring.http.PeerContextFactory;
import io.groupcache.spring.http.server.EncodedSlashes;
import io.groupcache.spring.http.server.FailureMessages;
import io.groupcache.spring.http.server.KeptConnections;
import io.groupcache.spring.http.server.NoFormsFilter;
import io.groupcache.spring.http.server.OpenEndpointWarning;
import io.groupcache.spring.http.server.PeerConnector;
import io.groupcache.spring.http.server.PeerConnectorSettings;
import io.groupcache.spring.http.server.PeerController;
import io.groupcache.spring.http.server.PeerEndpoint;
import io.groupcache.spring.http.server.PeerHandlerMapping;
import io.groupcache.spring.http.server.PlainRefusalValve;
import io.groupcache.spring.http.server.WriteBuffer;
import io.groupcache.spring.http.wire.SharedSecret;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.catalina.startup.Tomcat;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.util.UriUtils;

/** Answers the other peers, where the application is a servlet web application. */
@AutoConfiguration(
    after = {GroupCacheAutoConfiguration.class, DispatcherServletAutoConfiguration.class})
@ConditionalOnGroupCacheEnabled
@ConditionalOnClass({DispatcherServlet.class, DispatcherServletPath.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
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
      SharedSecret secret) {
    FailureMessages failures = new FailureMessages(properties.security().exposeMessages(), secret);
    return new PeerController(
        groupCache,
        properties.basePath(),
        contexts,
        secret,
        failures,
        properties.server().maxConcurrentRequests(),
        properties.timeout());
  }

  @Bean
  PeerEndpoint groupCachePeerEndpoint(
      GroupCacheProperties properties, ObjectProvider<DispatcherServletRegistrationBean> servlet) {
    DispatcherServletRegistrationBean mvc = servlet.getIfAvailable();
    return new PeerEndpoint(
        mvc == null ? "dispatcherServlet" : mvc.getServletName(),
        (mvc == null ? "" : mvc.getPrefix()) + properties.basePath(),
        properties.server().port() != null);
  }

  @Bean
  PeerHandlerMapping groupCachePeerHandlerMapping(
      PeerController controller, GroupCacheProperties properties, PeerEndpoint endpoint) {
    return new PeerHandlerMapping(controller, properties.basePath(), endpoint);
  }

  @Bean
  FilterRegistrationBean<NoFormsFilter> groupCachePeerNoFormsFilter(PeerEndpoint endpoint) {
    FilterRegistrationBean<NoFormsFilter> registration =
        new FilterRegistrationBean<>(new NoFormsFilter(endpoint));
    registration.addUrlPatterns("/*"); // a key such as ".." leads out of any other, as servers map
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  OpenEndpointWarning groupCacheOpenEndpointWarning(
      PeerEndpoint endpoint, SharedSecret secret, ObjectProvider<ServerProperties> server) {
    return new OpenEndpointWarning(endpoint, secret, asksEveryoneForACertificate(server));
  }

  /** Without an embedded server there are no such properties, and they would have no effect. */
  private static boolean asksEveryoneForACertificate(ObjectProvider<ServerProperties> server) {
    ServerProperties properties = server.getIfAvailable();
    Ssl ssl = properties == null ? null : properties.getSsl();
    return ssl != null && Ssl.isEnabled(ssl) && ssl.getClientAuth() == Ssl.ClientAuth.NEED;
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({Tomcat.class, ConfigurableTomcatWebServerFactory.class})
  static class TomcatConfiguration {

    @Bean
    @ConditionalOnProperty("groupcache.server.port")
    PeerConnector groupCachePeerConnector(
        GroupCacheProperties properties,
        PeerEndpoint endpoint,
        DispatcherServletPath servlet,
        ServerProperties server,
        ConfigurableEnvironment environment,
        ObjectProvider<SslBundles> bundles) {
      var peers = properties.server();
      PeerConnectorSettings settings =
          new PeerConnectorSettings(
              peers.requiredPort(),
              peers.ssl().bundle(),
              peers.ssl().clientAuth(),
              peers.maxThreads(),
              Threading.VIRTUAL.isActive(environment),
              peers.passthroughEncodedSlashes(),
              maxKeepAliveRequests(environment),
              (int) server.getMaxHttpRequestHeaderSize().toBytes(),
              peers.writeBufferBytes());
      return new PeerConnector(
          settings,
          endpoint,
          path(properties, servlet, server),
          environment,
          SslBundleSetting.bundlesWith("groupcache.server.ssl.bundle", settings.bundle(), bundles));
    }

    @Bean
    @ConditionalOnProperty(
        name = "groupcache.server.passthrough-encoded-slashes",
        matchIfMissing = true)
    @ConditionalOnMissingBean(PeerConnector.class)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>
        groupCacheEncodedSlashesCustomizer() {
      return factory -> factory.addConnectorCustomizers(EncodedSlashes::passThrough);
    }

    @Bean
    @ConditionalOnMissingBean(PeerConnector.class)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>
        groupCacheKeptConnectionsCustomizer(Environment environment) {
      int requests = maxKeepAliveRequests(environment);
      return factory ->
          factory.addConnectorCustomizers(
              connector -> KeptConnections.allowRequests(connector, requests));
    }

    @Bean
    @ConditionalOnMissingBean(PeerConnector.class)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> groupCacheWriteBufferCustomizer(
        GroupCacheProperties properties) {
      int bytes = properties.server().writeBufferBytes();
      return factory ->
          factory.addConnectorCustomizers(connector -> WriteBuffer.use(connector, bytes));
    }

    /** What the application says comes first. */
    private static int maxKeepAliveRequests(Environment environment) {
      return Binder.get(environment)
          .bind(KeptConnections.PROPERTY, Integer.class)
          .orElse(KeptConnections.DEFAULT_REQUESTS);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE) // after the peers' own port is there: see PeerConnector
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> groupCachePlainRefusalCustomizer(
        GroupCacheProperties properties,
        PeerEndpoint endpoint,
        DispatcherServletPath servlet,
        ServerProperties server,
        SharedSecret secret) {
      String path = path(properties, servlet, server);
      return factory -> factory.addEngineValves(new PlainRefusalValve(endpoint, path, secret));
    }

    /** Where peers are answered, as they send it. */
    private static String path(
        GroupCacheProperties properties, DispatcherServletPath servlet, ServerProperties server) {
      String contextPath = Objects.requireNonNullElse(server.getServlet().getContextPath(), "");
      return UriUtils.encodePath(contextPath + servlet.getPrefix(), StandardCharsets.UTF_8)
          + properties.basePath();
    }
  }
}
