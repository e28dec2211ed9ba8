package io.groupcache.spring.autoconfigure;

import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.NewGroupHook;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes each {@link Getter} bean the group of its name, as soon as there is a {@link GroupCache},
 * and that {@link Group} a bean that can be injected with the name as its qualifier.
 */
final class GetterGroups implements BeanFactoryPostProcessor, BeanPostProcessor {

  private static final Log log = LogFactory.getLog(GetterGroups.class);

  private @Nullable ConfigurableListableBeanFactory beanFactory;
  private List<String> names = List.of();

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    this.beanFactory = beanFactory;
    this.names =
        Stream.of(beanFactory.getBeanNamesForType(Getter.class, true, false))
            .filter(name -> !ScopedProxyUtils.isScopedTarget(name))
            .toList();
    for (String name : names) {
      RootBeanDefinition group =
          new RootBeanDefinition(
              Group.class, () -> beanFactory.getBean(GroupCache.class).group(name));
      group.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
      ((BeanDefinitionRegistry) beanFactory)
          .registerBeanDefinition("groupcache.group." + name, group);
    }
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (bean instanceof GroupCache groupCache && beanFactory != null) {
      addGroups(groupCache, beanFactory);
    }
    return bean;
  }

  private void addGroups(GroupCache groupCache, ConfigurableListableBeanFactory beanFactory) {
    beanFactory.getBeanProvider(NewGroupHook.class).orderedStream().forEach(groupCache::onNewGroup);
    GroupCacheProperties properties = beanFactory.getBean(GroupCacheProperties.class);
    for (String name : names) {
      // The bean itself only at its first load: it may need this very GroupCache.
      Supplier<Getter> getter = SingletonSupplier.of(() -> beanFactory.getBean(name, Getter.class));
      try {
        groupCache.newGroup(
            name,
            properties.optionsOf(name),
            (context, key, dest) -> getter.get().get(context, key, dest));
      } catch (IllegalArgumentException e) {
        throw new GroupCacheConfigurationException(
            "The name of a Getter bean",
            name,
            "it can't be a group, " + e.getMessage(),
            "Give the bean another name: a Getter bean is the group of its name.",
            e);
      }
    }
    warnOfStrangers(properties, groupCache);
  }

  /** A name that is misspelt would else go unnoticed, and its group have the general settings. */
  private static void warnOfStrangers(GroupCacheProperties properties, GroupCache groupCache) {
    Set<String> strangers = new TreeSet<>(properties.groups().keySet());
    strangers.removeIf(name -> groupCache.findGroup(name).isPresent());
    if (!strangers.isEmpty()) {
      log.warn(
          "groupcache.groups has settings for "
              + strangers
              + ", but there is no Getter bean of that name");
    }
  }
}
