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
import org.springframework.beans.factory.BeanFactory;

/**
 * A getter that is a bean, which is looked up only when it is needed: it may itself need the group
 * that it loads.
 */
class GetterBean implements Getter {

  private final BeanFactory beanFactory;
  private final String name;

  // Without a lock: whoever waited for it might be whom the making of the bean waits for.
  private volatile @Nullable Getter bean;

  private GetterBean(BeanFactory beanFactory, String name) {
    this.beanFactory = beanFactory;
    this.name = name;
  }

  /** The bean of that name, which is known to be a {@link BulkGetter} or not. */
  static GetterBean of(BeanFactory beanFactory, String name, boolean bulk) {
    return bulk ? new Bulk(beanFactory, name) : new GetterBean(beanFactory, name);
  }

  /** The name of the bean, and of its group. */
  String name() {
    return name;
  }

  /** The bean, made now if there is none yet. */
  Getter bean() {
    Getter known = bean;
    if (known == null) {
      known = lookUp();
      bean = known;
    }
    return known;
  }

  @Override
  public void get(GetContext context, String key, Sink dest) throws Exception {
    bean().get(context, key, dest);
  }

  private Getter lookUp() {
    Getter found;
    try {
      found = beanFactory.getBean(name, Getter.class);
    } catch (BeansException e) {
      if (e.contains(BeanCurrentlyInCreationException.class)) {
        throw new IllegalStateException(
            "The Getter bean '"
                + name
                + "' is still being made, and so is what gets a value of its group: get it later,"
                + " such as when the application is ready",
            e);
      }
      throw e;
    }
    GroupCacheConfigurationException.check(
        this instanceof Bulk || !(found instanceof BulkGetter),
        "The declared type of the bean '" + name + "'",
        Getter.class.getSimpleName(),
        "the bean is a BulkGetter, and would be called for each key by itself",
        "Declare it as what it is, as in @Bean BulkGetter " + name + "(…).");
    return found;
  }

  /** One that loads many keys in one go. */
  private static final class Bulk extends GetterBean implements BulkGetter {

    Bulk(BeanFactory beanFactory, String name) {
      super(beanFactory, name);
    }

    @Override
    public void getAll(GetContext context, Map<String, Sink> dests) throws Exception {
      ((BulkGetter) bean()).getAll(context, dests);
    }
  }
}
