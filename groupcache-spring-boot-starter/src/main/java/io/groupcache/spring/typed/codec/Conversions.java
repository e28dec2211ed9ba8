package io.groupcache.spring.typed.codec;

import com.google.protobuf.MessageLite;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.typed.Codec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Finds out how keys and values of a type are written, with the application's codecs. */
public final class Conversions {

  private static final boolean JACKSON =
      ClassUtils.isPresent(
          "tools.jackson.databind.json.JsonMapper", Conversions.class.getClassLoader());

  private Conversions() {}

  /**
   * How keys and values of these types are written.
   *
   * @param beans has the codecs and the JSON mapper of the application
   * @param keys a type without wildcards
   * @param values a type without wildcards
   * @throws GroupCacheConfigurationException when they can't be
   */
  @SuppressWarnings("unchecked") // the types are those of the generics
  public static <K, V> Conversion<K, V> find(
      BeanFactory beans, String group, ResolvableType keys, ResolvableType values) {
    KeyFormat<K> keyFormat =
        (KeyFormat<K>) KeyFormats.of(group, keys, () -> codec(beans, group, keys));
    Codec<V> own = (Codec<V>) codec(beans, group, values);
    Codec<V> codec = own != null ? own : (Codec<V>) usual(beans, group, values);
    return new Conversion<>(keyFormat, codec, values.toString());
  }

  private static Codec<?> usual(BeanFactory beans, String group, ResolvableType type) {
    Class<?> values = type.toClass();
    if (values == byte[].class) {
      return new BytesCodec();
    }
    if (values == String.class) {
      return new StringCodec();
    }
    if (MessageLite.class.isAssignableFrom(values)) {
      return ProtoCodec.of(group, values);
    }
    String setting = "The type of the values of the group '" + group + "'";
    GroupCacheConfigurationException.check(
        values != Object.class,
        setting,
        type,
        "values would be JSON, and nobody could tell what they were",
        "Write the type that the values are, or declare a bean Codec<Object>.");
    GroupCacheConfigurationException.check(
        JACKSON,
        setting,
        type,
        "values would be JSON, and Jackson is not on the class path",
        "Add the dependency org.springframework.boot:spring-boot-starter-jackson, or declare a bean"
            + " Codec<"
            + type
            + ">.");
    return JsonCodec.of(beans, group, type);
  }

  private static @Nullable Codec<?> codec(BeanFactory beans, String group, ResolvableType type) {
    ResolvableType wanted = ResolvableType.forClassWithGenerics(Codec.class, type);
    try {
      return (Codec<?>) beans.getBeanProvider(wanted).getIfAvailable();
    } catch (NoUniqueBeanDefinitionException e) {
      throw new GroupCacheConfigurationException(
          "The codec of the group '" + group + "'",
          wanted,
          "there are several such beans: " + e.getBeanNamesFound(),
          "Keep one of them, or mark one with @Primary.",
          e);
    }
  }
}
