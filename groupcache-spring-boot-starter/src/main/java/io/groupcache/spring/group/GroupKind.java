package io.groupcache.spring.group;

import io.groupcache.Getter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * A kind of beans of which each is the group of its name: getters, or what can be made a getter of.
 * Safe for use from many threads.
 */
public interface GroupKind {

  /** The type of beans that load one key at a time. */
  Class<?> type();

  /** The type of beans that load many keys in one go; a bean of both types is one of these. */
  Class<?> bulkType();

  /**
   * Makes the getter of a group.
   *
   * @param beans the beans of the context that the group belongs to
   * @param name the name of the group, and of the bean
   * @param bean of {@link #bulkType()}, of which a {@link io.groupcache.BulkGetter} has to be made,
   *     or else of {@link #type()}
   * @throws io.groupcache.spring.diagnostics.GroupCacheConfigurationException when it can't be one
   */
  Getter getter(ConfigurableListableBeanFactory beans, String name, Object bean);

  /**
   * Defines another bean that the group can be injected as; null when there is none besides the
   * {@link io.groupcache.Group}. The definition has no lambda, of which nothing could be generated
   * ahead of time.
   *
   * @throws io.groupcache.spring.diagnostics.GroupCacheConfigurationException when the definition
   *     of the bean {@code name} does not say enough
   */
  @Nullable RootBeanDefinition view(ConfigurableListableBeanFactory beans, String name);
}
