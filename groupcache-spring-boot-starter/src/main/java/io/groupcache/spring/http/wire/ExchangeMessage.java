package io.groupcache.spring.http.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.groupcache.groupcachepb.Exchange;

/** What peers tell each other of changes: {@code POST {base-path}} with a header of its own. */
public final class ExchangeMessage {

  /** The header that tells it from other requests. */
  public static final String HEADER = "Groupcache-Exchange";

  /** What {@link #HEADER} says. */
  public static final String VERSION = "1";

  /** How long a message may be besides the values in it. */
  public static final int MAX_BYTES = 1 << 20;

  private ExchangeMessage() {}

  /** How long a message may be that has a value of so many bytes at most. */
  public static int maxBytes(int maxValueBytes) {
    return (int) Math.min(Integer.MAX_VALUE - 8, (long) MAX_BYTES + maxValueBytes);
  }

  /** Whether it has a value, which not everybody may send. */
  public static boolean hasValue(Exchange exchange) {
    return exchange.getChangeList().stream().anyMatch(change -> change.hasValue());
  }

  /**
   * Reads a message.
   *
   * @throws MalformedRequestException when it is none; the message tells a person so
   */
  public static Exchange parse(byte[] body) {
    try {
      return Exchange.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedRequestException("The body is no Exchange", e);
    }
  }
}
