package io.groupcache.spring.autoconfigure;

import io.groupcache.GroupCache;
import io.groupcache.spring.diagnostics.CacheMemoryWarning;
import io.groupcache.spring.diagnostics.PendingChangeWarning;
import io.groupcache.spring.diagnostics.UnansweredPeersCheck;
import io.groupcache.spring.group.GetterGroups;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.SelfCheckAtStart;
import io.groupcache.spring.http.client.PeerConnections;
import io.groupcache.spring.http.server.PeerController;
import io.groupcache.spring.http.server.mvc.PeerEndpoint;
import io.groupcache.spring.http.server.port.PeerPort;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/** Says at the start what is set in a way that can't work, or that is most likely not meant. */
@AutoConfiguration(after = {GroupCacheAutoConfiguration.class, PeerEndpointAutoConfiguration.class})
@ConditionalOnGroupCacheEnabled
@ConditionalOnBean(GroupCache.class)
public final class GroupCacheDiagnosticsAutoConfiguration {

  @Bean
  CacheMemoryWarning groupCacheMemoryWarning(
      GetterGroups groups, BeanFactory beans, GroupCacheProperties properties) {
    return new CacheMemoryWarning(
        groups.names(),
        properties.configuredGroups(beans)::optionsOf,
        DataSize.ofBytes(Runtime.getRuntime().maxMemory()));
  }

  @Bean
  PendingChangeWarning groupCachePendingChangeWarning() {
    return new PendingChangeWarning();
  }

  @Bean
  UnansweredPeersCheck groupCacheUnansweredPeersCheck(
      GroupCacheProperties properties,
      Environment environment,
      ObjectProvider<PeerPort> port,
      ObjectProvider<PeerEndpoint> endpoint) {
    return new UnansweredPeersCheck(
        properties.peers(), properties.server().port(), environment, port, endpoint);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HttpServletRequest.class)
  @ConditionalOnBean({HttpPool.class, PeerConnections.class, PeerController.class})
  static class SelfCheckConfiguration {

    @Bean
    SelfCheckAtStart groupCacheSelfCheckAtStart(
        HttpPool pool,
        PeerConnections connections,
        PeerController controller,
        Environment environment) {
      return new SelfCheckAtStart(
          pool,
          peer -> connections.selfCheck(peer, controller.processId()),
          () -> "port " + port(environment));
    }

    private static String port(Environment environment) {
      String ports = "${" + PeerPort.PROPERTY + ":${local.server.port:of another server}}";
      return environment.resolvePlaceholders(ports);
    }
  }
}
