package io.groupcache.spring.autoconfigure;

import io.groupcache.GroupCache;
import io.groupcache.PeerPicker;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.spring.http.GracefulLeave;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.PeerRestClientCustomizer;
import io.groupcache.spring.http.client.NewcomerHeader;
import io.groupcache.spring.http.client.PeerConnectionSettings;
import io.groupcache.spring.http.client.PeerConnections;
import io.groupcache.spring.http.client.PeerTls;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ring of peers over HTTP, unless the application picks its peers in another way. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(PeerPicker.class)
class HttpPoolConfiguration {

  private static final Duration NEWCOMER_MARGIN = Duration.ofSeconds(5);

  @Bean
  @ConditionalOnMissingBean
  HashFunction groupCacheRingHash() {
    return HashFunction.crc32();
  }

  @Bean
  NewcomerHeader groupCacheNewcomerHeader(
      GroupCacheProperties properties, ObjectProvider<HttpPool> pools) {
    return new NewcomerHeader(
        () -> pools.getObject().self(), properties.client().readTimeout().plus(NEWCOMER_MARGIN));
  }

  @Bean
  @ConditionalOnMissingBean
  PeerConnections groupCachePeerConnections(
      GroupCacheProperties properties,
      SharedSecret secret,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<PeerRestClientCustomizer> customizers,
      ProcessId process) {
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
        customizers.orderedStream().toList(),
        process);
  }

  private static @Nullable PeerTls tls(
      @Nullable String bundle, ObjectProvider<SslBundles> bundles) {
    SslBundles known =
        SslBundleSetting.bundlesWith("groupcache.client.ssl.bundle", bundle, bundles);
    return known == null || bundle == null ? null : new PeerTls(known, bundle);
  }

  @Bean
  HttpPool groupCacheHttpPool(
      GroupCacheProperties properties,
      HashFunction hash,
      PeerConnections connections,
      SharedSecret secret) {
    HttpPool pool = new HttpPool(properties.self(), properties.replicas(), hash, connections);
    pool.setProven(secret.isSet() || properties.client().ssl().bundle() != null);
    pool.set(properties.peers());
    return pool;
  }

  @Bean
  GracefulLeave groupCacheGracefulLeave(HttpPool pool, ObjectProvider<GroupCache> groupCaches) {
    return new GracefulLeave(pool, groupCaches);
  }
}
