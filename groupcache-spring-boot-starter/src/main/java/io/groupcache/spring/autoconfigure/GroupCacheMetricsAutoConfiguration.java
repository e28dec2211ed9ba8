package io.groupcache.spring.autoconfigure;

import io.groupcache.GroupCache;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.metrics.DecodeErrorMetrics;
import io.groupcache.spring.metrics.GroupCacheMetrics;
import io.groupcache.spring.typed.view.DecodeErrors;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Binds the groups' counts to the application's meter registry, where it has Micrometer. */
@AutoConfiguration(after = GroupCacheAutoConfiguration.class)
@ConditionalOnGroupCacheEnabled
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(GroupCache.class)
public final class GroupCacheMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  GroupCacheMetrics groupCacheMetrics(GroupCache groupCache, ObjectProvider<HttpPool> pool) {
    return new GroupCacheMetrics(groupCache, pool.getIfAvailable());
  }

  @Bean
  @ConditionalOnMissingBean
  DecodeErrorMetrics groupCacheDecodeErrorMetrics(GroupCache groupCache, DecodeErrors errors) {
    return new DecodeErrorMetrics(groupCache, errors);
  }
}
