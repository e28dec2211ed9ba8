package io.groupcache.spring.autoconfigure;

import io.groupcache.GroupCache;
import io.groupcache.PeerPicker;
import io.groupcache.PromotionPolicy;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.spring.http.GracefulLeave;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.PeerRestClientCustomizer;
import io.groupcache.spring.http.client.PeerConnectionSettings;
import io.groupcache.spring.http.client.PeerConnections;
import io.groupcache.spring.http.client.PeerTls;
import io.groupcache.spring.http.wire.SharedSecret;
import io.groupcache.spring.load.DecoratedThreads;
import io.groupcache.spring.load.LoadExecutor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;

/**
 * A {@link GroupCache} whose groups are the {@code Getter} beans, and the ring that it is part of.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnGroupCacheEnabled
@EnableConfigurationProperties(GroupCacheProperties.class)
public final class GroupCacheAutoConfiguration {

  @Bean
  static GetterGroups getterGroups() {
    return new GetterGroups();
  }

  @Bean
  @ConditionalOnMissingBean
  PromotionPolicy promotionPolicy() {
    return PromotionPolicy.oneIn(10);
  }

  @Bean
  @ConditionalOnMissingBean
  GroupCache groupCache(
      PeerPicker peers,
      PromotionPolicy promotion,
      GroupCacheProperties properties,
      LoadExecutor executor) {
    return GroupCache.builder(peers)
        .promotion(promotion)
        .timeout(properties.timeout())
        .maxKeyBytes((int) properties.maxKeyBytes().toBytes())
        .maxValueBytes((int) properties.maxValueBytes().toBytes())
        .executor(executor::execute)
        .build();
  }

  @Bean
  @ConditionalOnMissingBean
  LoadExecutor loadExecutor(Environment environment, ObjectProvider<TaskDecorator> decorators) {
    List<TaskDecorator> ordered = decorators.orderedStream().toList();
    return Threading.VIRTUAL.isActive(environment)
        ? DecoratedThreads.virtual(ordered)
        : DecoratedThreads.platform(ordered);
  }

  @Bean
  @ConditionalOnMissingBean
  SharedSecret sharedSecret(GroupCacheProperties properties) {
    return properties.security().secret();
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(PeerPicker.class)
  static class HttpPoolConfiguration {

    @Bean
    @ConditionalOnMissingBean
    HashFunction ringHash() {
      return HashFunction.crc32();
    }

    @Bean
    @ConditionalOnMissingBean
    PeerConnections peerConnections(
        GroupCacheProperties properties,
        SharedSecret secret,
        ObjectProvider<SslBundles> bundles,
        ObjectProvider<PeerRestClientCustomizer> customizers) {
      PeerClientProperties client = properties.client();
      return new PeerConnections(
          new PeerConnectionSettings(
              properties.basePath(),
              client.connectTimeout(),
              client.readTimeout(),
              client.maxConnectionsPerPeer(),
              (int) client.maxResponseSize().toBytes()),
          secret,
          tls(client.ssl().bundle(), bundles),
          customizers.orderedStream().toList());
    }

    private static @Nullable PeerTls tls(
        @Nullable String bundle, ObjectProvider<SslBundles> bundles) {
      SslBundles known =
          SslBundleSetting.bundlesWith("groupcache.client.ssl.bundle", bundle, bundles);
      return known == null || bundle == null ? null : new PeerTls(known, bundle);
    }

    @Bean
    HttpPool httpPool(
        GroupCacheProperties properties, HashFunction hash, PeerConnections connections) {
      HttpPool pool = new HttpPool(properties.self(), properties.replicas(), hash, connections);
      pool.set(properties.peers());
      return pool;
    }

    @Bean
    GracefulLeave gracefulLeave(HttpPool pool) {
      return new GracefulLeave(pool);
    }
  }
}
