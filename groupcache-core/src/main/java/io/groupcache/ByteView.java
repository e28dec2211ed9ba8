package io.groupcache;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.groupcache.internal.Utf8;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable run of bytes: what the caches hold and what a get returns. Safe for use from many
 * threads; nothing that it hands out can change it. What the caches know of a value besides is this
 * library's own: no subclass can change what a view does.
 */
public class ByteView {

  private static final ByteView EMPTY = new ByteView(new byte[0], 0, 0);
  private static final int WRITE_CHUNK = 8192;

  /** A message around a value, as peers send them. */
  private static final int MAX_SLACK = 16;

  private final byte[] bytes;
  private final int offset;
  private final int length;

  private ByteView(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /** A view of the same bytes. */
  protected ByteView(ByteView same) {
    this(same.bytes, same.offset, same.length);
  }

  /** A view of no bytes. */
  public static ByteView empty() {
    return EMPTY;
  }

  /** A view of a copy of {@code bytes}. */
  public static ByteView copyOf(byte[] bytes) {
    return owning(bytes.clone());
  }

  /**
   * A view of the UTF-8 bytes of {@code text}.
   *
   * @throws IllegalArgumentException when half a surrogate pair in it has no UTF-8 form
   */
  public static ByteView of(String text) {
    if (!Utf8.isWellFormed(text)) {
      throw new IllegalArgumentException("Text with half a surrogate pair has no UTF-8 form");
    }
    return owning(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A view of {@code bytes}, which is immutable too: with no copy, unless the view would keep much
   * more memory than it has bytes.
   */
  public static ByteView of(ByteString bytes) {
    ByteView shared = ByteStringArray.view(bytes, MAX_SLACK);
    return shared != null ? shared : owning(bytes.toByteArray());
  }

  /** A view of a part of an array that nobody will change. */
  static ByteView sharing(byte[] bytes, int offset, int length) {
    return new ByteView(bytes, offset, length);
  }

  /** A view of an array that nobody else will change: the caller gives it away. */
  static ByteView owning(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new ByteView(bytes, 0, bytes.length);
  }

  /** The number of bytes. */
  public final int length() {
    return length;
  }

  /** Whether there are no bytes. */
  public final boolean isEmpty() {
    return length == 0;
  }

  /**
   * The byte at {@code index}.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < length()}
   */
  public final byte at(int index) {
    return bytes[offset + Objects.checkIndex(index, length)];
  }

  /**
   * The bytes from {@code from} (inclusive) to {@code to} (exclusive), with no copy.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= length()}
   */
  public final ByteView slice(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    return from == to ? EMPTY : new ByteView(bytes, offset + from, to - from);
  }

  /**
   * The bytes from {@code from} to the end, with no copy.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= from <= length()}
   */
  public final ByteView slice(int from) {
    return slice(from, length);
  }

  /** The bytes in a new array, the caller's own. */
  public final byte[] copy() {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  /**
   * Copies the first {@code count} bytes into {@code dest}, from {@code destOffset} on.
   *
   * @throws IndexOutOfBoundsException when this view or {@code dest} has not that many
   */
  public final void copyTo(byte[] dest, int destOffset, int count) {
    Objects.checkFromIndexSize(0, count, length);
    System.arraycopy(bytes, offset, dest, destOffset, count);
  }

  /** The bytes read as UTF-8 text; bytes that are no UTF-8 become U+FFFD. */
  public final String utf8() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  /** A stream that reads the bytes from the start. Each call gives a new one. */
  public final InputStream asInputStream() {
    // ByteArrayInputStream.transferTo hands its array to the stream it writes to, which might keep
    // it and change it.
    return new ByteArrayInputStream(bytes, offset, length) {
      @Override
      public synchronized long transferTo(OutputStream out) throws IOException {
        int left = available();
        skip(left);
        slice(length - left).writeTo(out);
        return left;
      }
    };
  }

  /** The bytes as a read-only buffer, with no copy. */
  public final ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(bytes, offset, length).slice().asReadOnlyBuffer();
  }

  /**
   * A copy of the bytes as protobuf's string of bytes. Not the bytes themselves, because protobuf
   * hands the array inside to the streams that it, or a message around it, is written to.
   */
  public final ByteString toByteString() {
    return ByteString.copyFrom(bytes, offset, length);
  }

  /** A view of these bytes, and no more than that, in an array that holds nothing else. */
  public final ByteView compact() {
    boolean isWhole = length == bytes.length;
    return isWhole && getClass() == ByteView.class ? this : owning(isWhole ? bytes : copy());
  }

  /** The bytes read as a message, which copies what it keeps of them. */
  <M> M parse(Parser<M> parser) throws InvalidProtocolBufferException {
    return parser.parseFrom(bytes, offset, length);
  }

  /**
   * Writes all bytes to {@code out}, and does not close it.
   *
   * @throws IOException what {@code out} throws
   */
  public final void writeTo(OutputStream out) throws IOException {
    // Through a buffer of the stream's own: it could keep and change the array it is handed.
    byte[] chunk = new byte[Math.min(length, WRITE_CHUNK)];
    for (int done = 0; done < length; done += chunk.length) {
      int count = Math.min(chunk.length, length - done);
      System.arraycopy(bytes, offset + done, chunk, 0, count);
      out.write(chunk, 0, count);
    }
  }

  /**
   * Writes all bytes to {@code channel}, which must be in blocking mode, and does not close it.
   *
   * @throws IOException what {@code channel} throws
   */
  public final void writeTo(WritableByteChannel channel) throws IOException {
    ByteBuffer buffer = asByteBuffer();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Whether {@code other} is a view of the same bytes. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof ByteView view
        && Arrays.equals(
            bytes, offset, offset + length, view.bytes, view.offset, view.offset + view.length);
  }

  @Override
  public final int hashCode() {
    return asByteBuffer().hashCode();
  }

  /** The length, for logs; not the bytes: see {@link #utf8()}. */
  @Override
  public final String toString() {
    return "ByteView[" + length + " bytes]";
  }
}
