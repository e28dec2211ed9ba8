package io.groupcache.spring.typed.codec;

import io.groupcache.ByteView;
import io.groupcache.Sink;
import io.groupcache.spring.typed.Codec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a codec has written. For one thread. */
public final class EncodedValue implements Sink {

  private @Nullable ByteView bytes;
  private @Nullable Duration timeToLive;

  private EncodedValue() {}

  /**
   * Has a codec write an object.
   *
   * @throws IllegalStateException when it has written nothing
   */
  public static <T> EncodedValue of(Codec<T> codec, T value) {
    EncodedValue encoded = new EncodedValue();
    codec.encode(value, encoded);
    if (encoded.bytes == null) {
      throw new IllegalStateException(
          "The codec "
              + codec.getClass().getName()
              + " returned without writing anything; call one of the sink's set methods");
    }
    return encoded;
  }

  /** What it has written. */
  public ByteView bytes() {
    return bytes == null ? ByteView.empty() : bytes;
  }

  /** How long that may be used; null where the codec has not said. */
  public @Nullable Duration timeToLive() {
    return timeToLive;
  }

  /** Writes the same to another sink. */
  public void writeTo(Sink dest) {
    if (timeToLive == null) {
      dest.setView(bytes());
    } else {
      dest.setView(bytes(), timeToLive);
    }
  }

  @Override
  public void setView(ByteView value) {
    set(value, null);
  }

  @Override
  public void setView(ByteView value, Duration timeToLive) {
    set(value, timeToLive);
  }

  private void set(ByteView newBytes, @Nullable Duration newTimeToLive) {
    if (newTimeToLive != null && newTimeToLive.isNegative()) {
      throw new IllegalArgumentException("A time to live can't be negative: " + newTimeToLive);
    }
    bytes = newBytes;
    timeToLive = newTimeToLive;
  }
}
