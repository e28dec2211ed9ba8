package io.groupcache;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

/** What a caller can have a value as. None of these shares memory with the cache, but the view. */
public final class Sinks {

  private Sinks() {}

  /** The value as UTF-8 text; bytes that are no UTF-8 become U+FFFD. */
  public static ValueSink<String> string() {
    return ByteView::utf8;
  }

  /** The value as an array of the caller's own. */
  public static ValueSink<byte[]> bytes() {
    return ByteView::copy;
  }

  /** The value as the immutable view that the cache holds, with no copy. */
  public static ValueSink<ByteView> byteView() {
    return value -> value;
  }

  /**
   * As much of the value as fits into {@code dest}, from its start; the rest is left out.
   *
   * @return a sink that gives the number of bytes it wrote, at most {@code dest.length}
   */
  public static ValueSink<Integer> truncating(byte[] dest) {
    return value -> {
      int length = Math.min(value.length(), dest.length);
      value.copyTo(dest, 0, length);
      return length;
    };
  }

  /**
   * The value as a message.
   *
   * @param parser the parser of the message's type, such as {@code City.parser()}
   * @return a sink that throws a {@link GroupCacheException} when the value is no such message
   */
  public static <M extends MessageLite> ValueSink<M> proto(Parser<M> parser) {
    return value -> {
      try {
        return value.parse(parser);
      } catch (InvalidProtocolBufferException e) {
        throw new GroupCacheException(
            "The value of "
                + value.length()
                + " bytes is not a message of the wanted type: "
                + e.getMessage(),
            e);
      }
    };
  }
}
