package io.groupcache.spring.autoconfigure;

import io.groupcache.GetContext;
import io.groupcache.GroupCache;
import io.groupcache.spring.http.FailureMessages;
import io.groupcache.spring.http.NoFormsFilter;
import io.groupcache.spring.http.PeerContextFactory;
import io.groupcache.spring.http.PeerController;
import io.groupcache.spring.http.PeerHandlerMapping;
import io.groupcache.spring.http.PlainRefusalValve;
import io.groupcache.spring.http.SharedSecret;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.util.UriUtils;

/** Answers the other peers, where the application is a servlet web application. */
@AutoConfiguration(
    after = {GroupCacheAutoConfiguration.class, DispatcherServletAutoConfiguration.class})
@ConditionalOnGroupCacheEnabled
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(GroupCache.class)
public final class PeerEndpointAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  PeerContextFactory peerContextFactory() {
    return request -> GetContext.background();
  }

  @Bean
  @ConditionalOnMissingBean
  PeerController peerController(
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
        properties.server().maxConcurrentRequests());
  }

  @Bean
  PeerHandlerMapping peerHandlerMapping(
      PeerController controller, GroupCacheProperties properties) {
    return new PeerHandlerMapping(controller, properties.basePath());
  }

  @Bean
  FilterRegistrationBean<NoFormsFilter> peerNoFormsFilter(
      GroupCacheProperties properties, DispatcherServletPath servlet) {
    FilterRegistrationBean<NoFormsFilter> registration =
        new FilterRegistrationBean<>(new NoFormsFilter());
    registration.addUrlPatterns(servlet.getPrefix() + properties.basePath() + "*");
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({Tomcat.class, ConfigurableTomcatWebServerFactory.class})
  static class TomcatConfiguration {

    @Bean
    @ConditionalOnProperty(
        name = "groupcache.server.passthrough-encoded-slashes",
        matchIfMissing = true)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> encodedSlashesCustomizer() {
      String passThrough = EncodedSolidusHandling.PASS_THROUGH.getValue();
      return factory ->
          factory.addConnectorCustomizers(connector -> {
            connector.setEncodedSolidusHandling(passThrough);
            connector.setEncodedReverseSolidusHandling(passThrough);
          });
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> plainRefusalCustomizer(
        GroupCacheProperties properties,
        DispatcherServletPath servlet,
        ServerProperties server,
        SharedSecret secret) {
      String contextPath = Objects.requireNonNullElse(server.getServlet().getContextPath(), "");
      String path =
          UriUtils.encodePath(contextPath + servlet.getPrefix(), StandardCharsets.UTF_8)
              + properties.basePath();
      return factory -> factory.addEngineValves(new PlainRefusalValve(path, secret));
    }
  }
}
