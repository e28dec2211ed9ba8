package io.groupcache.spring.typed.codec;

import io.groupcache.ByteView;
import io.groupcache.Sink;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.typed.Codec;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeFactory;

/** Objects of one type as JSON, as the application's mapper writes it. */
final class JsonCodec implements Codec<Object> {

  private final ObjectWriter writer;
  private final ObjectReader reader;

  private JsonCodec(ObjectWriter writer, ObjectReader reader) {
    this.writer = writer;
    this.reader = reader;
  }

  /**
   * The codec of a type by the {@link JsonMapper} bean.
   *
   * @throws GroupCacheConfigurationException when there is none
   */
  static JsonCodec of(BeanFactory beans, String group, ResolvableType type) {
    JsonMapper mapper = beans.getBeanProvider(JsonMapper.class).getIfAvailable();
    if (mapper == null) {
      throw new GroupCacheConfigurationException(
          "The type of the values of the group '" + group + "'",
          type,
          "they would be JSON, and there is no JsonMapper bean",
          "Add the dependency org.springframework.boot:spring-boot-starter-jackson, or declare a"
              + " JsonMapper bean or a bean Codec<"
              + type
              + ">.",
          null);
    }
    // Bytes from a peer must not choose the classes that are made of them.
    JsonMapper untyped = mapper.rebuild().deactivateDefaultTyping().build();
    JavaType javaType = javaType(type, untyped.getTypeFactory());
    // A list does not know what it is a list of; any other object has more than its declared type.
    ObjectWriter writer =
        javaType.hasGenericTypes() ? untyped.writerFor(javaType) : untyped.writer();
    return new JsonCodec(writer, untyped.readerFor(javaType));
  }

  @Override
  public void encode(Object value, Sink dest) {
    dest.setBytes(writer.writeValueAsBytes(value));
  }

  @Override
  public Object decode(ByteView bytes) {
    return reader.readValue(bytes.asInputStream());
  }

  private static JavaType javaType(ResolvableType type, TypeFactory types) {
    if (type.isArray()) {
      return types.constructArrayType(javaType(type.getComponentType(), types));
    }
    JavaType[] parameters =
        Stream.of(type.getGenerics())
            .map(parameter -> javaType(parameter, types))
            .toArray(JavaType[]::new);
    return parameters.length == 0
        ? types.constructType(type.toClass())
        : types.constructParametricType(type.toClass(), parameters);
  }
}
