package io.groupcache.spring.autoconfigure;

import io.groupcache.spring.http.server.mvc.PeerEndpoint;
import io.groupcache.spring.security.PeerHttpFirewall;
import io.groupcache.spring.security.PeerRequestMatcher;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.web.firewall.HttpFirewall;

/** Lets peers' requests past Spring Security, where the application has it. */
@AutoConfiguration(after = PeerEndpointAutoConfiguration.class)
@ConditionalOnGroupCacheEnabled
@ConditionalOnClass({HttpFirewall.class, WebSecurityCustomizer.class})
@ConditionalOnBean({PeerEndpoint.class, DispatcherServletRegistrationBean.class})
public final class PeerSecurityAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  PeerRequestMatcher groupCachePeerRequestMatcher(PeerEndpoint endpoint) {
    return new PeerRequestMatcher(endpoint);
  }

  @Bean
  @ConditionalOnMissingBean(HttpFirewall.class)
  PeerHttpFirewall groupCachePeerHttpFirewall(PeerRequestMatcher peers) {
    return new PeerHttpFirewall(peers);
  }

  @Bean
  WebSecurityCustomizer groupCachePeerSecurityCustomizer(
      PeerRequestMatcher peers, PeerEndpoint endpoint) {
    return security -> {
      if (endpoint.isOpen()) {
        security.ignoring().requestMatchers(peers);
      }
    };
  }
}
