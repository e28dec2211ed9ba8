package io.groupcache.spring.typed.loader;

import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.typed.BulkLoader;
import io.groupcache.spring.typed.Loader;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * What keys and values a loader bean has: as its definition says, since a lambda does not know.
 *
 * @param key the type of the keys, in which nothing is left open
 * @param value the type of the values, in which nothing is left open
 */
public record LoaderTypes(ResolvableType key, ResolvableType value) {

  /**
   * The types of a loader bean, which is not made for it.
   *
   * @param beans of the context, or of a child of the context, that has the bean
   * @throws GroupCacheConfigurationException when the definition leaves one of them open
   */
  public static LoaderTypes of(ConfigurableListableBeanFactory beans, String name) {
    ResolvableType declared = declaredType(beans, name);
    ResolvableType[] types = concrete(loader(concrete(declared))).getGenerics();
    GroupCacheConfigurationException.check(
        types.length == 2,
        "The declared type of the bean '" + name + "'",
        declared,
        "it does not say exactly what the keys and values of the group are: raw types, wildcards"
            + " and type variables leave that open",
        "Declare the bean with both types, as in @Bean Loader<Long, Product> "
            + name
            + "(…) or @Bean BulkLoader<Long, Product> "
            + name
            + "(…).");
    return new LoaderTypes(types[0], types[1]);
  }

  private static ResolvableType declaredType(ConfigurableListableBeanFactory beans, String name) {
    ConfigurableListableBeanFactory owner = owner(beans, name);
    String target = ScopedProxyUtils.getTargetBeanName(name);
    String defined = owner.containsBeanDefinition(target) ? target : name;
    return owner.containsBeanDefinition(defined)
        ? owner.getMergedBeanDefinition(defined).getResolvableType()
        : ResolvableType.forClass(owner.getType(name));
  }

  /** The bean factory that has the bean, be it a parent. */
  private static ConfigurableListableBeanFactory owner(
      ConfigurableListableBeanFactory beans, String name) {
    return !beans.containsLocalBean(name)
            && beans.getParentBeanFactory() instanceof ConfigurableListableBeanFactory parent
        ? owner(parent, name)
        : beans;
  }

  /** The loader that a type is, or that a factory of that type makes. */
  private static ResolvableType loader(ResolvableType type) {
    ResolvableType made = type.as(FactoryBean.class);
    ResolvableType loader = made.equals(ResolvableType.NONE) ? type : made.getGeneric();
    ResolvableType bulk = loader.as(BulkLoader.class);
    return bulk.equals(ResolvableType.NONE) ? loader.as(Loader.class) : bulk;
  }

  /** The type without what it got its parameters from; none where one of them is left open. */
  private static ResolvableType concrete(ResolvableType type) {
    if (type.isArray()) {
      ResolvableType component = concrete(type.getComponentType());
      return component.equals(ResolvableType.NONE)
          ? component
          : ResolvableType.forArrayComponent(component);
    }
    Class<?> resolved = type.getType() instanceof WildcardType ? null : type.resolve();
    if (resolved == null) {
      return ResolvableType.NONE;
    }
    ResolvableType[] parameters =
        Stream.of(type.getGenerics()).map(LoaderTypes::concrete).toArray(ResolvableType[]::new);
    boolean open =
        parameters.length != resolved.getTypeParameters().length
            || Arrays.asList(parameters).contains(ResolvableType.NONE);
    return open ? ResolvableType.NONE : ResolvableType.forClassWithGenerics(resolved, parameters);
  }
}
