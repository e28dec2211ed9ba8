package io.groupcache.spring.autoconfigure;

import io.groupcache.GroupCache;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.SelfCheckAtStart;
import io.groupcache.spring.http.client.PeerConnections;
import io.groupcache.spring.http.server.PeerController;
import io.groupcache.spring.http.server.PeerPort;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/** Says at the start what is set in a way that may be meant, but most likely is not. */
@AutoConfiguration(after = {GroupCacheAutoConfiguration.class, PeerEndpointAutoConfiguration.class})
@ConditionalOnGroupCacheEnabled
@ConditionalOnBean(GroupCache.class)
public final class GroupCacheDiagnosticsAutoConfiguration {

  @Bean
  CacheMemoryWarning cacheMemoryWarning(
      ListableBeanFactory beans, GroupCacheProperties properties) {
    return new CacheMemoryWarning(
        beans, properties, DataSize.ofBytes(Runtime.getRuntime().maxMemory()));
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnProperty("groupcache.self")
  @ConditionalOnBean({HttpPool.class, PeerConnections.class, PeerController.class})
  static class SelfCheckConfiguration {

    @Bean
    SelfCheckAtStart selfCheckAtStart(
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
