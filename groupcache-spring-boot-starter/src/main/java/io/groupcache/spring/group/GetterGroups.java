package io.groupcache.spring.group;

import io.groupcache.BulkGetter;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.NewGroupHook;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.load.ContextStarts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Makes each {@link Getter} bean the group of its name, as soon as there is a {@link GroupCache},
 * and that {@link Group} a bean. Spring calls it in the thread that starts the context.
 */
public final class GetterGroups
    implements BeanFactoryPostProcessor,
        BeanPostProcessor,
        SmartInitializingSingleton,
        DisposableBean {

  private static final Log log = LogFactory.getLog(GetterGroups.class);

  private final Thread startsIn = Thread.currentThread();
  private final Function<BeanFactory, ConfiguredGroups> configured;
  private @Nullable ConfigurableListableBeanFactory beanFactory;
  private @Nullable ContextStarts starts;
  private List<GetterBean> getters = List.of();
  private volatile boolean started;

  /**
   * Makes one, in the thread that starts the context.
   *
   * @param configured finds what the application says of its groups, when the first one is made: it
   *     may need beans that are not there before
   */
  public GetterGroups(Function<BeanFactory, ConfiguredGroups> configured) {
    this.configured = configured;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    this.beanFactory = beanFactory;
    GroupCache inherited = inheritedGroupCache(beanFactory);
    this.getters = getters(beanFactory, inherited == null);
    for (GetterBean getter : getters) {
      String beanName = "groupcache.group." + getter.name();
      if (!beanFactory.containsBeanDefinition(beanName)) { // as when it was defined ahead of time
        ((BeanDefinitionRegistry) beanFactory)
            .registerBeanDefinition(beanName, GroupFactoryBean.definition(getter.name()));
      }
    }
    boolean hasOwn = beanFactory.getBeanNamesForType(GroupCache.class, true, false).length > 0;
    if (inherited != null && !hasOwn) {
      addGroups(inherited, beanFactory);
    }
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (bean instanceof GroupCache groupCache && beanFactory != null) {
      beanFactory
          .getBeanProvider(NewGroupHook.class)
          .orderedStream()
          .forEach(groupCache::onNewGroup);
      addGroups(groupCache, beanFactory);
    }
    return bean;
  }

  /** Makes the getters that are not lazy, so that no load has to, which has its time. */
  @Override
  public void afterSingletonsInstantiated() {
    getters.stream().filter(this::isMadeAtStart).forEach(GetterBean::bean);
    endStart();
  }

  /** Closes a context that may have failed while it started. */
  @Override
  public void destroy() {
    endStart();
  }

  private void endStart() {
    started = true;
    if (starts != null) {
      starts.end(startsIn);
    }
  }

  private void addGroups(GroupCache groupCache, ConfigurableListableBeanFactory beanFactory) {
    if (!started) {
      starts = beanFactory.getBean(ContextStarts.class);
      starts.begin(startsIn);
    }
    ConfiguredGroups groups = configured.apply(beanFactory);
    UnboundGroupSettings.check(beanFactory.getBean(ConfigurableEnvironment.class));
    GroupSettings settings =
        new GroupSettings(groups, getters.stream().map(GetterBean::name).toList());
    for (GetterBean getter : getters) {
      String name = getter.name();
      try {
        groupCache.newGroup(name, settings.of(name), getter);
      } catch (IllegalArgumentException e) {
        throw new GroupCacheConfigurationException(
            "The name of a Getter bean",
            name,
            "it can't be a group, " + e.getMessage(),
            "Give the bean another name: a Getter bean is the group of its name.",
            e);
      }
    }
    warnOfStrangers(settings, groupCache);
  }

  /** A name that is misspelt would else go unnoticed, and its group have the general settings. */
  private static void warnOfStrangers(GroupSettings settings, GroupCache groupCache) {
    Set<String> strangers = settings.ofNoGroup();
    strangers.removeIf(name -> groupCache.findGroup(name).isPresent());
    if (!strangers.isEmpty()) {
      log.warn(
          "groupcache.groups has settings for "
              + strangers
              + ", but there is no Getter bean of that name");
    }
  }

  private boolean isMadeAtStart(GetterBean getter) {
    return beanFactory != null
        && beanFactory.containsLocalBean(getter.name())
        && !(beanFactory.containsBeanDefinition(getter.name())
            && beanFactory.getMergedBeanDefinition(getter.name()).isLazyInit());
  }

  /** The one of a parent context, to which a context without one of its own adds its groups. */
  private static @Nullable GroupCache inheritedGroupCache(
      ConfigurableListableBeanFactory beanFactory) {
    BeanFactory parent = beanFactory.getParentBeanFactory();
    return parent == null ? null : parent.getBeanProvider(GroupCache.class).getIfAvailable();
  }

  /** The getters of this context, and those of its parents if nobody there makes them groups. */
  private static List<GetterBean> getters(
      ConfigurableListableBeanFactory beanFactory, boolean ofParentsToo) {
    Set<String> bulk = names(beanFactory, BulkGetter.class, ofParentsToo);
    return names(beanFactory, Getter.class, ofParentsToo).stream()
        .filter(name -> !ScopedProxyUtils.isScopedTarget(name))
        .map(name -> GetterBean.of(beanFactory, name, bulk.contains(name)))
        .toList();
  }

  /** The names of beans that are of that type, as far as that is known before they are made. */
  private static Set<String> names(
      ListableBeanFactory beanFactory, Class<?> type, boolean ofParentsToo) {
    return new LinkedHashSet<>(
        List.of(
            ofParentsToo
                ? BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                    beanFactory, type, true, false)
                : beanFactory.getBeanNamesForType(type, true, false)));
  }
}
