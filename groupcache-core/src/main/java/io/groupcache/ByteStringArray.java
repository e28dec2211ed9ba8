package io.groupcache;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Finds the array inside protobuf's string of bytes, which nobody may change. */
final class ByteStringArray extends ByteOutput {

  private final int size;
  private final int maxSlack;
  private @Nullable ByteView found;

  private ByteStringArray(int size, int maxSlack) {
    this.size = size;
    this.maxSlack = maxSlack;
  }

  /**
   * A view of the one array in which all of {@code string} is, and at most {@code maxSlack} bytes
   * more; null when there is no such array.
   */
  static @Nullable ByteView view(ByteString string, int maxSlack) {
    ByteStringArray array = new ByteStringArray(string.size(), maxSlack);
    try {
      UnsafeByteOperations.unsafeWriteTo(string, array);
    } catch (IOException e) {
      throw new UncheckedIOException("no I/O here", e);
    }
    return array.found;
  }

  @Override
  public void writeLazy(byte[] value, int offset, int length) {
    if (length == size && length > 0 && value.length - length <= maxSlack) {
      found = ByteView.sharing(value, offset, length);
    }
  }

  // What is not in the array of a string: parts of it, of which there are several, or buffers.

  @Override
  public void write(byte value) {}

  @Override
  public void write(byte[] value, int offset, int length) {}

  @Override
  public void write(ByteBuffer value) {}

  @Override
  public void writeLazy(ByteBuffer value) {}
}
