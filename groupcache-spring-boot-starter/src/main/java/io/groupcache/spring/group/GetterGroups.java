package io.groupcache.spring.group;

import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.NewGroupHook;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.load.ContextStarts;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Makes each bean of some {@linkplain GroupKind kinds}, getters among them, the group of its name,
 * as soon as there is a {@link GroupCache}, and that {@link Group} a bean. Spring calls it in the
 * thread that starts the context.
 */
public final class GetterGroups
    implements BeanFactoryPostProcessor,
        BeanPostProcessor,
        SmartInitializingSingleton,
        DisposableBean {

  private static final Log log = LogFactory.getLog(GetterGroups.class);

  private final Thread startsIn = Thread.currentThread();
  private final List<GroupKind> kinds;
  private final Function<BeanFactory, ConfiguredGroups> configured;
  private @Nullable ConfigurableListableBeanFactory beanFactory;
  private @Nullable ContextStarts starts;
  private List<GetterBean> getters = List.of();
  private volatile boolean started;

  /**
   * Makes one, in the thread that starts the context.
   *
   * @param kinds the beans that are groups
   * @param configured finds what the application says of its groups, when the first one is made: it
   *     may need beans that are not there before
   */
  public GetterGroups(List<GroupKind> kinds, Function<BeanFactory, ConfiguredGroups> configured) {
    this.kinds = List.copyOf(kinds);
    this.configured = configured;
  }

  /** The names of the groups, once the context's beans are defined. */
  public List<String> names() {
    return getters.stream().map(GetterBean::name).toList();
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    this.beanFactory = beanFactory;
    GroupBeans beans = new GroupBeans(beanFactory, kinds);
    beans.define(); // those that GroupDefinitions came too early for
    getters = beans.getters();
    GroupCache inherited = inheritedGroupCache(beanFactory);
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
    getters.stream().filter(this::isMadeAtStart).forEach(GetterBean::getter);
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
    GroupSettings settings = new GroupSettings(groups, names());
    for (GetterBean getter : getters) {
      String name = getter.name();
      try {
        groupCache.newGroup(name, settings.of(name), getter);
      } catch (IllegalArgumentException e) {
        String kind = getter.kind().type().getSimpleName();
        throw new GroupCacheConfigurationException(
            "The name of a " + kind + " bean",
            name,
            "it can't be a group, " + e.getMessage(),
            "Give the bean another name: a " + kind + " bean is the group of its name.",
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
              + ", but there is no Getter bean and no Loader bean of that name");
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
}
