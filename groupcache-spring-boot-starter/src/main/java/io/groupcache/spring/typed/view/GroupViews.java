package io.groupcache.spring.typed.view;

import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.spring.typed.TypedGroup;
import io.groupcache.spring.typed.codec.Conversion;
import io.groupcache.spring.typed.codec.Conversions;
import io.groupcache.spring.typed.loader.FreshLoads;
import io.groupcache.spring.typed.loader.LoaderTypes;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/** Makes typed groups of plain ones. Safe for use from many threads. */
public final class GroupViews {

  /** The name of the bean of this type, which makes the typed groups of loaders. */
  public static final String BEAN_NAME = "groupCacheGroupViews";

  private final ConfigurableListableBeanFactory beans;
  private final Executor executor;
  private final Duration timeout;
  private final DecodeErrors errors;

  /**
   * Makes one for the groups of a context.
   *
   * @param executor runs loads and reads, each at once
   * @param timeout how long a get may take
   */
  public GroupViews(
      ConfigurableListableBeanFactory beans,
      Executor executor,
      Duration timeout,
      DecodeErrors errors) {
    this.beans = beans;
    this.executor = executor;
    this.timeout = timeout;
    this.errors = errors;
  }

  /**
   * Defines the typed group of a loader bean, which {@link #ofLoader} makes. Ahead of time nothing
   * is generated of it: it would name types here that may not be public. It is defined again then.
   */
  public static RootBeanDefinition definition(String name, LoaderTypes types) {
    RootBeanDefinition definition = new RootBeanDefinition();
    definition.setFactoryBeanName(BEAN_NAME);
    definition.setFactoryMethodName("ofLoader");
    definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
    definition.setTargetType(
        ResolvableType.forClassWithGenerics(TypedGroup.class, types.key(), types.value()));
    definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
    definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
    return definition;
  }

  /**
   * The typed group of a loader bean.
   *
   * @throws io.groupcache.spring.diagnostics.GroupCacheConfigurationException when its keys or
   *     values can't be written
   */
  @Reflective // is called by its name
  public TypedGroup<?, ?> ofLoader(String name) {
    LoaderTypes types = LoaderTypes.of(beans, name);
    FreshLoads<Object, Object> loads =
        new FreshLoads<>(name, () -> beans.getBean(name), executor, timeout);
    return of(beans.getBean(GroupCache.class).group(name), types.key(), types.value(), loads);
  }

  /** A group read as keys and values of these types, of which it has no loader. */
  <K, V> TypedGroup<K, V> of(Group group, ResolvableType keys, ResolvableType values) {
    return of(group, keys, values, null);
  }

  /** The group of a name. */
  Group group(String name) {
    return beans.getBean(GroupCache.class).group(name);
  }

  private <K, V> TypedGroup<K, V> of(
      Group group,
      ResolvableType keys,
      ResolvableType values,
      @Nullable FreshLoads<K, V> freshLoads) {
    Conversion<K, V> conversion = Conversions.find(beans, group.name(), keys, values);
    return new CodecTypedGroup<>(
        group,
        conversion,
        new Reading<>(group.name(), conversion, freshLoads, errors),
        new AsyncGets(group, executor, timeout));
  }
}
