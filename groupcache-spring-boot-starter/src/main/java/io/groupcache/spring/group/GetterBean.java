package io.groupcache.spring.group;

import io.groupcache.BulkGetter;
import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Sink;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * A getter that is a bean, or made of one, which is looked up only when it is needed: it may itself
 * need the group that it loads.
 */
class GetterBean implements Getter {

  private final ConfigurableListableBeanFactory beanFactory;
  private final GroupKind kind;
  private final String name;

  // Without a lock: whoever waited for it might be whom the making of the bean waits for.
  private volatile @Nullable Getter getter;

  private GetterBean(ConfigurableListableBeanFactory beanFactory, GroupKind kind, String name) {
    this.beanFactory = beanFactory;
    this.kind = kind;
    this.name = name;
  }

  /** The bean of that name, which is known to be of the kind's bulk type or not. */
  static GetterBean of(
      ConfigurableListableBeanFactory beanFactory, GroupKind kind, String name, boolean bulk) {
    return bulk ? new Bulk(beanFactory, kind, name) : new GetterBean(beanFactory, kind, name);
  }

  /** The name of the bean, and of its group. */
  String name() {
    return name;
  }

  /** The kind of bean that it is. */
  GroupKind kind() {
    return kind;
  }

  /** What is called, made now if there is none yet. */
  Getter getter() {
    Getter known = getter;
    if (known == null) {
      known = kind.getter(beanFactory, name, lookUp());
      getter = known;
    }
    return known;
  }

  @Override
  public void get(GetContext context, String key, Sink dest) throws Exception {
    getter().get(context, key, dest);
  }

  /** The type that the bean is known to be of. */
  Class<?> declaredType() {
    return kind.type();
  }

  private Object lookUp() {
    Object found;
    try {
      found = beanFactory.getBean(name, declaredType());
    } catch (BeansException e) {
      if (e.contains(BeanCurrentlyInCreationException.class)) {
        throw new IllegalStateException(
            "The "
                + kind.type().getSimpleName()
                + " bean '"
                + name
                + "' is still being made, and so is what gets a value of its group: get it later,"
                + " such as when the application is ready",
            e);
      }
      throw e;
    }
    String bulk = kind.bulkType().getSimpleName();
    GroupCacheConfigurationException.check(
        this instanceof Bulk || !kind.bulkType().isInstance(found),
        "The declared type of the bean '" + name + "'",
        kind.type().getSimpleName(),
        "the bean is a " + bulk + ", and would be called for each key by itself",
        "Declare it as what it is, as in @Bean " + bulk + " " + name + "(…).");
    return found;
  }

  /** One that loads many keys in one go. */
  private static final class Bulk extends GetterBean implements BulkGetter {

    Bulk(ConfigurableListableBeanFactory beanFactory, GroupKind kind, String name) {
      super(beanFactory, kind, name);
    }

    @Override
    public void getAll(GetContext context, Map<String, Sink> dests) throws Exception {
      ((BulkGetter) getter()).getAll(context, dests);
    }

    @Override
    Class<?> declaredType() {
      return kind().bulkType();
    }
  }
}
