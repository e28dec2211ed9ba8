package io.groupcache.spring.autoconfigure;

import io.groupcache.ChangeListener;
import io.groupcache.Getter;
import io.groupcache.GroupCache;
import io.groupcache.PeerPicker;
import io.groupcache.PromotionPolicy;
import io.groupcache.spring.group.GetterGroups;
import io.groupcache.spring.group.Getters;
import io.groupcache.spring.group.GroupDefinitions;
import io.groupcache.spring.group.GroupKind;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import io.groupcache.spring.load.ContextStarts;
import io.groupcache.spring.load.DecoratedThreads;
import io.groupcache.spring.load.LoadExecutor;
import io.groupcache.spring.typed.BulkLoader;
import io.groupcache.spring.typed.Loader;
import io.groupcache.spring.typed.loader.Loaders;
import io.groupcache.spring.typed.view.GroupViews;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.TaskDecorator;

/**
 * A {@link GroupCache} whose groups are the {@code Getter} and {@code Loader} beans, and the ring
 * that it is part of.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnGroupCacheEnabled
@EnableConfigurationProperties(GroupCacheProperties.class)
@Import({HttpPoolConfiguration.class, TypedGroupConfiguration.class})
public final class GroupCacheAutoConfiguration {

  private static final List<GroupKind> GROUPS =
      List.of(new Getters(), new Loaders(GroupViews::definition));

  @Bean
  static GroupDefinitions groupCacheGroupDefinitions() {
    return new GroupDefinitions(GROUPS);
  }

  @Bean
  static GetterGroups groupCacheGetterGroups() {
    return new GetterGroups(
        GROUPS, beans -> beans.getBean(GroupCacheProperties.class).configuredGroups(beans));
  }

  /** Laziness would put off the making of a getter to a load, which has its time. */
  @Bean
  static LazyInitializationExcludeFilter groupCacheGettersAreNotLazy() {
    return LazyInitializationExcludeFilter.forBeanTypes(
        Getter.class, Loader.class, BulkLoader.class);
  }

  @Bean
  @ConditionalOnMissingBean // a child context has its loads run by its parent's group cache
  ContextStarts groupCacheContextStarts() {
    return new ContextStarts();
  }

  @Bean
  @ConditionalOnMissingBean
  PromotionPolicy groupCachePromotionPolicy() {
    return PromotionPolicy.oneIn(10);
  }

  @Bean
  @ConditionalOnMissingBean
  GroupCache groupCache(
      PeerPicker peers,
      PromotionPolicy promotion,
      GroupCacheProperties properties,
      LoadExecutor executor,
      ContextStarts starts,
      ProcessId process,
      ObjectProvider<ChangeListener> changeListeners) {
    List<ChangeListener> listeners = changeListeners.orderedStream().toList();
    return GroupCache.builder(peers)
        .promotion(promotion)
        .process(process.value())
        .timeout(properties.timeout())
        .changeTimeout(properties.client().readTimeout())
        .onChange((group, invalidation) ->
            listeners.forEach(listener -> listener.onChange(group, invalidation)))
        .maxKeyBytes((int) properties.maxKeyBytes().toBytes())
        .maxValueBytes((int) properties.maxValueBytes().toBytes())
        .executor(starts.wrap(executor))
        .build();
  }

  @Bean
  @ConditionalOnMissingBean
  LoadExecutor groupCacheLoadExecutor(
      ApplicationContext context, ObjectProvider<TaskDecorator> decorators) {
    List<TaskDecorator> ordered = decorators.orderedStream().toList();
    return Threading.VIRTUAL.isActive(context.getEnvironment())
        ? DecoratedThreads.virtual(ordered, context.getClassLoader())
        : DecoratedThreads.platform(ordered, context.getClassLoader());
  }

  @Bean
  @ConditionalOnMissingBean
  SharedSecret groupCacheSharedSecret(GroupCacheProperties properties) {
    return properties.security().secret();
  }

  @Bean
  ProcessId groupCacheProcessId() {
    return ProcessId.random();
  }
}
