package io.groupcache.internal.load;

import com.google.protobuf.MessageLite;
import io.groupcache.ByteView;
import io.groupcache.Sink;
import io.groupcache.internal.Durations;
import io.groupcache.internal.cache.Held;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The sink of one call of a getter. */
final class GetterSink implements Sink, AutoCloseable {

  private final int maxBytes;
  private @Nullable ByteView value;
  private long timeToLive = Held.NEVER;
  private boolean closed;

  /** Makes a sink for a value of so many bytes at most. */
  GetterSink(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void setBytes(byte[] value) {
    set(view(value), Held.NEVER);
  }

  @Override
  public void setBytes(byte[] value, Duration timeToLive) {
    set(view(value), nanos(timeToLive));
  }

  @Override
  public void setProto(MessageLite message) {
    set(view(message), Held.NEVER);
  }

  @Override
  public void setProto(MessageLite message, Duration timeToLive) {
    set(view(message), nanos(timeToLive));
  }

  @Override
  public void setView(ByteView value) {
    set(view(value), Held.NEVER);
  }

  @Override
  public void setView(ByteView value, Duration timeToLive) {
    set(view(value), nanos(timeToLive));
  }

  /** Refuses values from now on. */
  @Override
  public void close() {
    closed = true;
  }

  /** Whether the getter has set a value. */
  boolean isSet() {
    return value != null;
  }

  /** The value that the getter has set. */
  ByteView value() {
    if (value == null) {
      throw new IllegalStateException(
          "The getter returned without setting a value; call one of the sink's set methods, or"
              + " throw a KeyNotFoundException");
    }
    return value;
  }

  /**
   * How long the value may be used, in nanoseconds; {@link Held#NEVER} where the getter says none.
   */
  long timeToLive() {
    return timeToLive;
  }

  private void set(ByteView newValue, long newTimeToLive) {
    if (closed) {
      throw new IllegalStateException("A sink takes no value after its getter has returned");
    }
    checkLength(newValue.length());
    value = newValue;
    timeToLive = newTimeToLive;
  }

  private ByteView view(byte[] value) {
    checkLength(value.length); // before it is copied
    return ByteView.copyOf(value);
  }

  private ByteView view(MessageLite message) {
    checkLength(message.getSerializedSize());
    return ByteView.of(message.toByteString());
  }

  private ByteView view(ByteView value) {
    checkLength(value.length());
    return value.compact(); // a slice would keep the whole array in memory, and count for a part
  }

  private static long nanos(Duration timeToLive) {
    if (timeToLive.isNegative()) {
      throw new IllegalArgumentException("A time to live can't be negative: " + timeToLive);
    }
    return Durations.saturatedNanos(timeToLive);
  }

  private void checkLength(int bytes) {
    if (bytes > maxBytes) {
      throw new IllegalArgumentException(
          "A value may have "
              + maxBytes
              + " bytes (groupcache.max-value-bytes): this one has "
              + bytes);
    }
  }
}
