package io.groupcache.spring.http.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.groupcache.ByteView;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes {@link KeyResponse}s, each behind its length. Values go straight from the cache into the
 * stream's buffer: a message of its own for each would copy them once more.
 */
public final class KeyResponses {

  private static final int BUFFER_BYTES = 8192;

  private final CodedOutputStream out;

  public KeyResponses(OutputStream out) {
    this.out = CodedOutputStream.newInstance(out, BUFFER_BYTES);
  }

  /** The bytes that {@link #value} writes. */
  public static int sizeOfValue(int index, ByteView value) {
    int size = bodySizeOfValue(index, value);
    return CodedOutputStream.computeUInt32SizeNoTag(size) + size;
  }

  public void value(int index, ByteView value) throws IOException {
    out.writeUInt32NoTag(bodySizeOfValue(index, value));
    out.writeUInt32(KeyResponse.INDEX_FIELD_NUMBER, index);
    out.writeTag(KeyResponse.RESPONSE_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(sizeOfResponse(value));
    out.writeByteBuffer(GetResponse.VALUE_FIELD_NUMBER, value.asByteBuffer());
  }

  public void message(KeyResponse response) throws IOException {
    out.writeMessageNoTag(response);
  }

  /** Sends what has been written so far. */
  public void flush() throws IOException {
    out.flush();
  }

  private static int bodySizeOfValue(int index, ByteView value) {
    int response = sizeOfResponse(value);
    return CodedOutputStream.computeUInt32Size(KeyResponse.INDEX_FIELD_NUMBER, index)
        + CodedOutputStream.computeTagSize(KeyResponse.RESPONSE_FIELD_NUMBER)
        + CodedOutputStream.computeUInt32SizeNoTag(response)
        + response;
  }

  private static int sizeOfResponse(ByteView value) {
    return CodedOutputStream.computeTagSize(GetResponse.VALUE_FIELD_NUMBER)
        + CodedOutputStream.computeUInt32SizeNoTag(value.length())
        + value.length();
  }
}
