package io.groupcache.spring.http.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads the body of a peer's answer, straight into the array that its value is then part of. */
public final class AnswerBody {

  /** How much memory a peer is given on its word alone; for more, bytes have to have come. */
  private static final int TRUSTED_BYTES = 2 << 20;

  /** Where there is no word. */
  private static final int FIRST_BYTES = 4096;

  /** What is read at a time: as much memory again, outside the heap, is kept for each thread. */
  private static final int MAX_READ_BYTES = 128 << 10;

  private final InputStream in;
  private final long saidLength;
  private final int maxBytes;
  private byte[] bytes;
  private int length;

  private AnswerBody(InputStream in, long saidLength, int maxBytes) {
    this.in = in;
    this.saidLength = saidLength;
    this.maxBytes = maxBytes;
    this.bytes = new byte[firstCapacity(saidLength, maxBytes)];
  }

  /**
   * Reads to the end.
   *
   * @param in has the body
   * @param saidLength how long it is, as it says; negative where it does not
   * @param maxBytes how much is read, if there is more
   */
  public static AnswerBody read(InputStream in, long saidLength, int maxBytes) throws IOException {
    AnswerBody body = new AnswerBody(in, saidLength, maxBytes);
    body.readAll();
    return body;
  }

  /** An array that begins with the bytes. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes there are: one more than allowed where there are more. */
  public int length() {
    return length;
  }

  private void readAll() throws IOException {
    while (true) {
      if (length == bytes.length) {
        int next = in.read(); // reading to the end lets the connection be used again
        if (next == -1) {
          return;
        }
        if (length == maxBytes) {
          length++;
          return;
        }
        bytes = Arrays.copyOf(bytes, nextCapacity());
        bytes[length++] = (byte) next;
      }
      int count = in.read(bytes, length, Math.min(bytes.length - length, MAX_READ_BYTES));
      if (count == -1) {
        return;
      }
      length += count;
    }
  }

  private int nextCapacity() {
    long most = saidLength > length ? Math.min(saidLength, maxBytes) : maxBytes;
    return (int) Math.min(most, Math.max(4L * length, FIRST_BYTES));
  }

  private static int firstCapacity(long saidLength, int maxBytes) {
    long first = saidLength < 0 ? FIRST_BYTES : Math.min(saidLength, TRUSTED_BYTES);
    return (int) Math.min(first, maxBytes);
  }
}
