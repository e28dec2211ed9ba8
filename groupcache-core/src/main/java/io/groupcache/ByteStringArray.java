package io.groupcache;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The array inside protobuf's string of bytes, which nobody may change.
 *
 * @param bytes the array
 * @param offset where in it the string begins
 * @param slack how many bytes of it are not the string's
 */
record ByteStringArray(byte[] bytes, int offset, int slack) {

  /** The one array in which all of {@code string} is; null when it is empty, or elsewhere. */
  static @Nullable ByteStringArray of(ByteString string) {
    Finder finder = new Finder(string.size());
    try {
      UnsafeByteOperations.unsafeWriteTo(string, finder);
    } catch (IOException e) {
      throw new UncheckedIOException("no I/O here", e);
    }
    return finder.found;
  }

  private static final class Finder extends ByteOutput {

    private final int size;
    private @Nullable ByteStringArray found;

    Finder(int size) {
      this.size = size;
    }

    @Override
    public void writeLazy(byte[] value, int offset, int length) {
      if (length == size && length > 0) {
        found = new ByteStringArray(value, offset, value.length - length);
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
}
