package io.groupcache.spring.typed.codec;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.groupcache.ByteView;
import io.groupcache.Sink;
import io.groupcache.Sinks;
import io.groupcache.ValueSink;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.typed.Codec;

/** Protobuf messages of one type. */
final class ProtoCodec implements Codec<MessageLite> {

  private final ValueSink<? extends MessageLite> parser;

  private ProtoCodec(ValueSink<? extends MessageLite> parser) {
    this.parser = parser;
  }

  /**
   * The codec of a type of message.
   *
   * @throws GroupCacheConfigurationException when it has no parser, as {@code MessageLite} itself
   */
  static ProtoCodec of(String group, Class<?> type) {
    try {
      Parser<?> parser = (Parser<?>) type.getMethod("parser").invoke(null);
      return new ProtoCodec(Sinks.proto(messages(parser)));
    } catch (ReflectiveOperationException | NullPointerException e) {
      throw new GroupCacheConfigurationException(
          "The type of the values of the group '" + group + "'",
          type.getName(),
          "there is no one parser of such messages",
          "Write the type of message that the values are, such as City.",
          e);
    }
  }

  @Override
  public void encode(MessageLite value, Sink dest) {
    dest.setProto(value);
  }

  @Override
  public MessageLite decode(ByteView bytes) {
    return parser.read(bytes);
  }

  @SuppressWarnings("unchecked")
  private static Parser<MessageLite> messages(Parser<?> parser) {
    return (Parser<MessageLite>) parser;
  }
}
