package io.groupcache.internal.load;

import com.google.protobuf.MessageLite;
import io.groupcache.ByteView;
import io.groupcache.Sink;
import org.jspecify.annotations.Nullable;

/** The sink of one call of a getter. */
final class GetterSink implements Sink, AutoCloseable {

  private final int maxBytes;
  private @Nullable ByteView value;
  private boolean closed;

  /** Makes a sink for a value of so many bytes at most. */
  GetterSink(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void setString(String value) {
    set(ByteView.of(value));
  }

  @Override
  public void setBytes(byte[] value) {
    checkLength(value.length); // before it is copied
    set(ByteView.copyOf(value));
  }

  @Override
  public void setProto(MessageLite message) {
    checkLength(message.getSerializedSize());
    set(ByteView.of(message.toByteString()));
  }

  @Override
  public void setView(ByteView value) {
    checkLength(value.length());
    set(value.compact()); // a slice would keep the whole array in memory, and count for a part
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

  private void set(ByteView newValue) {
    if (closed) {
      throw new IllegalStateException("A sink takes no value after its getter has returned");
    }
    checkLength(newValue.length());
    value = newValue;
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
