package io.groupcache.spring.group;

import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/**
 * Defines what groups are injected as before a test replaces any of it. Apart from {@link
 * GetterGroups}, which needs beans that can't be made as soon as this.
 */
public final class GroupDefinitions implements BeanDefinitionRegistryPostProcessor {

  private final List<GroupKind> kinds;

  /** Makes one for the beans of some kinds. */
  public GroupDefinitions(List<GroupKind> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
    new GroupBeans((ConfigurableListableBeanFactory) registry, kinds).define();
  }
}
