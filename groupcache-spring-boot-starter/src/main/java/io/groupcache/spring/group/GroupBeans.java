package io.groupcache.spring.group;

import io.groupcache.GroupCache;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** Finds the beans that are groups, and defines those that the groups are injected as. */
final class GroupBeans {

  private final ConfigurableListableBeanFactory beanFactory;
  private final List<GroupKind> kinds;

  GroupBeans(ConfigurableListableBeanFactory beanFactory, List<GroupKind> kinds) {
    this.beanFactory = beanFactory;
    this.kinds = kinds;
  }

  /** The getters of this context, and those of its parents if nobody there makes them groups. */
  List<GetterBean> getters() {
    boolean ofParentsToo = !inheritsGroupCache();
    List<GetterBean> getters = new ArrayList<>();
    for (GroupKind kind : kinds) {
      Set<String> bulk = names(kind.bulkType(), ofParentsToo);
      Set<String> all = names(kind.type(), ofParentsToo);
      all.addAll(bulk);
      for (String name : all) {
        if (!ScopedProxyUtils.isScopedTarget(name)) {
          getters.add(GetterBean.of(beanFactory, kind, name, bulk.contains(name)));
        }
      }
    }
    return getters;
  }

  /** Defines what the groups are injected as, but what has been defined before. */
  void define() {
    getters().forEach(this::define);
  }

  private void define(GetterBean getter) {
    String name = getter.name();
    String group = "groupcache.group." + name;
    String view = "groupcache.typed-group." + name;
    define(group, () -> GroupFactoryBean.definition(name));
    define(view, () -> getter.kind().view(beanFactory, name));
    String parameter = name + "Group";
    if (!beanFactory.containsBean(parameter)) {
      beanFactory.registerAlias(beanFactory.containsBeanDefinition(view) ? view : group, parameter);
    }
  }

  private void define(String beanName, Supplier<@Nullable RootBeanDefinition> definition) {
    if (!beanFactory.containsBeanDefinition(beanName)) {
      RootBeanDefinition made = definition.get();
      if (made != null) {
        ((BeanDefinitionRegistry) beanFactory).registerBeanDefinition(beanName, made);
      }
    }
  }

  /** Whether a parent context has one, which need not be made for that yet. */
  private boolean inheritsGroupCache() {
    return beanFactory.getParentBeanFactory() instanceof ListableBeanFactory parent
        && BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                    parent, GroupCache.class, true, false)
                .length
            > 0;
  }

  /** The names of beans that are of that type, as far as that is known before they are made. */
  private Set<String> names(Class<?> type, boolean ofParentsToo) {
    return new LinkedHashSet<>(
        List.of(
            ofParentsToo
                ? BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                    beanFactory, type, true, false)
                : beanFactory.getBeanNamesForType(type, true, false)));
  }
}
