package io.groupcache.spring.typed.loader;

import io.groupcache.Getter;
import io.groupcache.spring.group.GroupKind;
import io.groupcache.spring.typed.BulkLoader;
import io.groupcache.spring.typed.Loader;
import io.groupcache.spring.typed.codec.Conversion;
import io.groupcache.spring.typed.codec.Conversions;
import java.util.function.BiFunction;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** Beans that are loaders, of which getters are made. */
public final class Loaders implements GroupKind {

  private final BiFunction<String, LoaderTypes, RootBeanDefinition> typedGroup;

  /**
   * Makes the kind.
   *
   * @param typedGroup defines the typed group of a name and of the types of its loader
   */
  public Loaders(BiFunction<String, LoaderTypes, RootBeanDefinition> typedGroup) {
    this.typedGroup = typedGroup;
  }

  @Override
  public Class<?> type() {
    return Loader.class;
  }

  @Override
  public Class<?> bulkType() {
    return BulkLoader.class;
  }

  @Override
  public Getter getter(ConfigurableListableBeanFactory beans, String name, Object bean) {
    LoaderTypes types = LoaderTypes.of(beans, name);
    return getter(bean, Conversions.find(beans, name, types.key(), types.value()));
  }

  @Override
  public RootBeanDefinition view(ConfigurableListableBeanFactory beans, String name) {
    return typedGroup.apply(name, LoaderTypes.of(beans, name));
  }

  @SuppressWarnings("unchecked") // the conversion is for the types of this bean
  private static <K, V> Getter getter(Object bean, Conversion<K, V> conversion) {
    return bean instanceof BulkLoader<?, ?> bulk
        ? new BulkLoaderGetter<>((BulkLoader<K, V>) bulk, conversion)
        : new LoaderGetter<>((Loader<K, V>) bean, conversion);
  }
}
