package io.groupcache.spring.autoconfigure;

import io.groupcache.spring.load.ContextStarts;
import io.groupcache.spring.load.LoadExecutor;
import io.groupcache.spring.typed.TypedGroups;
import io.groupcache.spring.typed.view.DecodeErrors;
import io.groupcache.spring.typed.view.GroupViews;
import io.groupcache.spring.typed.view.TypedGroupViews;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Groups of typed keys and values, those of loaders and others. */
@Configuration(proxyBeanMethods = false)
class TypedGroupConfiguration {

  @Bean
  @ConditionalOnMissingBean // a child context counts for the meters of its parent
  DecodeErrors groupCacheDecodeErrors() {
    return new DecodeErrors();
  }

  @Bean(GroupViews.BEAN_NAME)
  GroupViews groupCacheGroupViews(
      ConfigurableListableBeanFactory beans,
      LoadExecutor executor,
      ContextStarts starts,
      GroupCacheProperties properties,
      DecodeErrors errors) {
    return new GroupViews(beans, starts.wrap(executor), properties.timeout(), errors);
  }

  @Bean
  TypedGroups groupCacheTypedGroups(GroupViews views) {
    return new TypedGroupViews(views);
  }
}
