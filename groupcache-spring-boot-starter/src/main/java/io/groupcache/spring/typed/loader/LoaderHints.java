package io.groupcache.spring.typed.loader;

import com.google.protobuf.MessageLite;
import io.groupcache.spring.typed.BulkLoader;
import io.groupcache.spring.typed.Loader;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;

/** Tells a native image what reading and writing the values of loaders reflects on. */
final class LoaderHints implements BeanRegistrationAotProcessor {

  @Override
  public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
    Class<?> type = bean.getBeanClass();
    if (!Loader.class.isAssignableFrom(type) && !BulkLoader.class.isAssignableFrom(type)) {
      return null;
    }
    ResolvableType values = LoaderTypes.of(bean.getBeanFactory(), bean.getBeanName()).value();
    return (generation, code) -> register(generation.getRuntimeHints().reflection(), values);
  }

  private static void register(ReflectionHints hints, ResolvableType values) {
    if (MessageLite.class.isAssignableFrom(values.toClass())) {
      hints.registerType(values.toClass(), MemberCategory.INVOKE_PUBLIC_METHODS);
    } else {
      new BindingReflectionHintsRegistrar().registerReflectionHints(hints, values.getType());
    }
  }
}
