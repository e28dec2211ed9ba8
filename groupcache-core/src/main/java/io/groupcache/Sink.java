package io.groupcache;

import com.google.protobuf.MessageLite;
import java.time.Duration;

/**
 * Where a {@link Getter} puts the value that it loaded. A later value replaces an earlier one.
 *
 * <p>A sink belongs to one call of one getter: it is not safe for use from several threads at once,
 * and after the getter has returned it refuses values with an {@link IllegalStateException}.
 *
 * <p>A value may say how long it may be used, in place of its group's time to live: one that says
 * no time at all is given to those who wait for it, and not kept. A negative time is refused with
 * an {@link IllegalArgumentException}.
 */
public interface Sink {

  /**
   * Sets the value to the UTF-8 bytes of {@code value}.
   *
   * @throws IllegalArgumentException when half a surrogate pair in it has no UTF-8 form
   */
  default void setString(String value) {
    setView(ByteView.of(value));
  }

  /** Sets the value to a copy of {@code value}; the caller may change its array afterwards. */
  default void setBytes(byte[] value) {
    setView(ByteView.copyOf(value));
  }

  /** Sets the value to the serialized {@code message}. */
  default void setProto(MessageLite message) {
    setView(ByteView.of(message.toByteString()));
  }

  /** Sets the value to {@code value} itself, with no copy unless it is a slice of a longer view. */
  void setView(ByteView value);

  /** As {@link #setString(String)}, for a value that may be used so long. */
  default void setString(String value, Duration timeToLive) {
    setView(ByteView.of(value), timeToLive);
  }

  /** As {@link #setBytes(byte[])}, for a value that may be used so long. */
  default void setBytes(byte[] value, Duration timeToLive) {
    setView(ByteView.copyOf(value), timeToLive);
  }

  /** As {@link #setProto(MessageLite)}, for a value that may be used so long. */
  default void setProto(MessageLite message, Duration timeToLive) {
    setView(ByteView.of(message.toByteString()), timeToLive);
  }

  /** As {@link #setView(ByteView)}, for a value that may be used so long. */
  void setView(ByteView value, Duration timeToLive);
}
