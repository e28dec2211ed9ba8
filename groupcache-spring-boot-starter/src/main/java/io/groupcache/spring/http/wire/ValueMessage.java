package io.groupcache.spring.http.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import io.groupcache.ByteView;
import io.groupcache.GetResult;
import io.groupcache.groupcachepb.GetResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The message with a value that a peer answers with, read and written without a copy of it. */
public final class ValueMessage {

  /** What a message may have besides its value, which alone is what limits are about. */
  private static final int MAX_FRAME_BYTES = 1024;

  /** The type of all messages between peers. */
  public static final String CONTENT_TYPE = "application/x-protobuf";

  private ValueMessage() {}

  /** How long a message may be whose value has at most so many bytes. */
  public static int maxBytes(int maxValueBytes) {
    return (int) Math.min(Integer.MAX_VALUE, (long) maxValueBytes + MAX_FRAME_BYTES);
  }

  /**
   * What stands before the bytes of a value, the last field, to make a {@link GetResponse}.
   *
   * @param heldNanos how long this peer has had the question
   */
  public static byte[] head(GetResult result, long heldNanos) {
    byte[] times = ValueTimes.fields(result, heldNanos);
    byte[] head = head(result.value());
    if (times.length == 0) {
      return head;
    }
    byte[] both = Arrays.copyOf(times, times.length + head.length);
    System.arraycopy(head, 0, both, times.length, head.length);
    return both;
  }

  /** The same of a value without times. */
  public static byte[] head(ByteView value) {
    int field = GetResponse.VALUE_FIELD_NUMBER;
    byte[] head =
        new byte
            [CodedOutputStream.computeTagSize(field)
                + CodedOutputStream.computeUInt32SizeNoTag(value.length())];
    CodedOutputStream out = CodedOutputStream.newInstance(head);
    try {
      out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(value.length());
    } catch (IOException e) {
      throw new UncheckedIOException("there is room", e);
    }
    return head;
  }

  /** Reads a message whose value is then part of the body's array, which is given away. */
  public static GetResponse parse(AnswerBody body) throws InvalidProtocolBufferException {
    ByteString bytes = UnsafeByteOperations.unsafeWrap(body.bytes(), 0, body.length());
    CodedInputStream in = bytes.newCodedInput();
    in.enableAliasing(true);
    try {
      GetResponse message = GetResponse.parseFrom(in);
      in.checkLastTagWas(0);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
  }
}
