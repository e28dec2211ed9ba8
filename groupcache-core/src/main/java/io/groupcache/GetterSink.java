package io.groupcache;

import com.google.protobuf.MessageLite;
import org.jspecify.annotations.Nullable;

/** The sink of one call of a getter. */
final class GetterSink implements Sink, AutoCloseable {

  private @Nullable ByteView value;
  private boolean closed;

  @Override
  public void setString(String value) {
    set(ByteView.of(value));
  }

  @Override
  public void setBytes(byte[] value) {
    set(ByteView.copyOf(value));
  }

  @Override
  public void setProto(MessageLite message) {
    set(ByteView.owning(message.toByteArray()));
  }

  @Override
  public void setView(ByteView value) {
    set(value.compact()); // a slice would keep the whole array in memory, and count for a part
  }

  /** Refuses values from now on. */
  @Override
  public void close() {
    closed = true;
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
    value = newValue;
  }
}
