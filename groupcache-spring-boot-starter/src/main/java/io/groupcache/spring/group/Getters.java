package io.groupcache.spring.group;

import io.groupcache.BulkGetter;
import io.groupcache.Getter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** Beans that are getters as they are. */
public final class Getters implements GroupKind {

  /** Makes the kind. */
  public Getters() {}

  @Override
  public Class<?> type() {
    return Getter.class;
  }

  @Override
  public Class<?> bulkType() {
    return BulkGetter.class;
  }

  @Override
  public Getter getter(ConfigurableListableBeanFactory beans, String name, Object bean) {
    return (Getter) bean;
  }

  @Override
  public @Nullable RootBeanDefinition view(ConfigurableListableBeanFactory beans, String name) {
    return null;
  }
}
