package io.groupcache.spring.http.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.groupcache.ByteView;
import io.groupcache.GetResult;
import io.groupcache.groupcachepb.GetManyResponse;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer about many keys, a {@link GetManyResponse}, in both directions. When it is written,
 * values go straight from the cache into the stream's buffer: a message of its own for each would
 * copy them once more. For one thread.
 */
public final class KeyResponses {

  /** How many bytes of values go into one answer; more wait until they are fetched. */
  public static final int MAX_VALUE_BYTES = 8 << 20;

  private static final int BUFFER_BYTES = 8192;

  /** What a key's response has besides its value. */
  private static final int MAX_FRAME_BYTES = 128;

  /** How many bytes a message for people has, at three a character. */
  private static final int MAX_MESSAGE_BYTES = 3 * PeerError.MAX_MESSAGE_LENGTH;

  private final List<Entry> entries;
  private final ProcessId process;
  private final long start;

  /** Makes an answer of that process with nothing in it, to a question that has just come. */
  public KeyResponses(ProcessId process, int expected) {
    this.process = process;
    this.start = System.nanoTime();
    this.entries = new ArrayList<>(expected);
  }

  /** Adds a value. */
  public void value(int index, GetResult result) {
    byte[] fields = ValueTimes.fields(result, System.nanoTime() - start);
    ByteView times = fields.length == 0 ? ByteView.empty() : ByteView.copyOf(fields);
    entries.add(new Entry(index, result.value(), times, null));
  }

  /**
   * Adds that there is none.
   *
   * @param error which; null where it is not the key's last word, and no code says so
   */
  public void failure(int index, @Nullable PeerError error, String sentence) {
    add(
        KeyResponse.newBuilder()
            .setIndex(index)
            .setError(error == null ? "" : error.code())
            .setMessage(PeerError.shortened(sentence)));
  }

  /** Adds that a load brings it. */
  public void loading(int index, long id) {
    add(KeyResponse.newBuilder().setIndex(index).setLoading(id));
  }

  /** Adds that nobody knows the load that was waited for. */
  public void unknown(int index) {
    add(KeyResponse.newBuilder().setIndex(index));
  }

  /** The bytes that {@link #writeTo} writes. */
  public long size() {
    long size = CodedOutputStream.computeFixed64Size(GetManyResponse.PROCESS_FIELD_NUMBER, 0);
    for (Entry entry : entries) {
      size += entry.size();
    }
    return size;
  }

  /** Writes the message. */
  public void writeTo(OutputStream stream) throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(stream, BUFFER_BYTES);
    out.writeFixed64(GetManyResponse.PROCESS_FIELD_NUMBER, process.value());
    for (Entry entry : entries) {
      entry.write(out);
    }
    out.flush();
  }

  /** How many bytes an answer may have in which each value has at most so many. */
  public static int maxBytes(int keys, int maxValueBytes) {
    long frames = (long) keys * (MAX_FRAME_BYTES + MAX_MESSAGE_BYTES);
    return (int) Math.min(Integer.MAX_VALUE - 8, (long) maxValueBytes + MAX_VALUE_BYTES + frames);
  }

  /**
   * Reads an answer.
   *
   * @throws InvalidProtocolBufferException when it is none
   */
  public static GetManyResponse parse(AnswerBody body) throws InvalidProtocolBufferException {
    CodedInputStream in = CodedInputStream.newInstance(body.bytes(), 0, body.length());
    try {
      GetManyResponse message = GetManyResponse.parseFrom(in);
      in.checkLastTagWas(0);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
  }

  private void add(KeyResponse.Builder response) {
    entries.add(new Entry(0, ByteView.empty(), ByteView.empty(), response.build()));
  }

  /** What is said of one key; {@code message} says it where there is no value. */
  private record Entry(int index, ByteView value, ByteView times, @Nullable KeyResponse message) {

    int size() {
      if (message != null) {
        return CodedOutputStream.computeMessageSize(GetManyResponse.KEY_FIELD_NUMBER, message);
      }
      int body = bodySize();
      return CodedOutputStream.computeTagSize(GetManyResponse.KEY_FIELD_NUMBER)
          + CodedOutputStream.computeUInt32SizeNoTag(body)
          + body;
    }

    void write(CodedOutputStream out) throws IOException {
      if (message != null) {
        out.writeMessage(GetManyResponse.KEY_FIELD_NUMBER, message);
        return;
      }
      out.writeTag(GetManyResponse.KEY_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(bodySize());
      out.writeUInt32(KeyResponse.INDEX_FIELD_NUMBER, index);
      out.writeTag(KeyResponse.RESPONSE_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(responseSize());
      out.writeRawBytes(times.asByteBuffer());
      out.writeByteBuffer(GetResponse.VALUE_FIELD_NUMBER, value.asByteBuffer());
    }

    private int bodySize() {
      int response = responseSize();
      return CodedOutputStream.computeUInt32Size(KeyResponse.INDEX_FIELD_NUMBER, index)
          + CodedOutputStream.computeTagSize(KeyResponse.RESPONSE_FIELD_NUMBER)
          + CodedOutputStream.computeUInt32SizeNoTag(response)
          + response;
    }

    private int responseSize() {
      return times.length()
          + CodedOutputStream.computeTagSize(GetResponse.VALUE_FIELD_NUMBER)
          + CodedOutputStream.computeUInt32SizeNoTag(value.length())
          + value.length();
    }
  }
}
