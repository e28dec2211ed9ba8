package io.groupcache.spring.http.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.groupcache.groupcachepb.GetManyRequest;
import io.groupcache.spring.http.client.RestClientProtoGetter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The request for many keys, in both directions: how much fits into one, and what may be in it. */
public final class ManyKeys {

  /** How long a request may be: no peer reads more. */
  static final int MAX_REQUEST_BYTES = 1 << 20;

  /** How many keys it may have. */
  static final int MAX_KEYS = 10_000;

  private ManyKeys() {}

  /**
   * Splits keys so that each part fits into a request. A key that fits into none is a part alone.
   */
  public static List<List<String>> split(Collection<String> keys) {
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int bytes = 0;
    for (String key : keys) {
      int size = CodedOutputStream.computeStringSize(GetManyRequest.KEY_FIELD_NUMBER, key);
      boolean full = part.size() == MAX_KEYS || bytes + size > MAX_REQUEST_BYTES;
      if (full && !part.isEmpty()) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(key);
      bytes += size;
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  /** The body of a request. */
  public static byte[] encode(List<String> keys) {
    return GetManyRequest.newBuilder().addAllKey(keys).build().toByteArray();
  }

  /**
   * The keys that a request is about, each with its index, in their order.
   *
   * @throws IllegalArgumentException when it is malformed; the message tells a person how
   */
  public static Map<String, Integer> read(HttpServletRequest request) {
    // As the header says: a filter hides the type from all that would parse the body.
    if (!RestClientProtoGetter.PROTOBUF.toString().equals(request.getHeader("Content-Type"))) {
      throw new IllegalArgumentException(
          "A POST has the Content-Type " + RestClientProtoGetter.PROTOBUF);
    }
    byte[] body = readBody(request);
    if (body.length > MAX_REQUEST_BYTES) {
      throw new IllegalArgumentException("A request has at most " + MAX_REQUEST_BYTES + " bytes");
    }
    return parse(body);
  }

  /** The body, or so much of it as tells that it is too long. */
  private static byte[] readBody(HttpServletRequest request) {
    try {
      return request.getInputStream().readNBytes(MAX_REQUEST_BYTES + 1);
    } catch (IOException e) { // it ends early, or comes too slowly: no failure of this server
      throw new IllegalArgumentException("The body can't be read to its end", e);
    }
  }

  private static Map<String, Integer> parse(byte[] body) {
    GetManyRequest request;
    try {
      request = GetManyRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("The body is no GetManyRequest", e);
    }
    int count = request.getKeyCount();
    if (count == 0 || count > MAX_KEYS) {
      throw new IllegalArgumentException(
          "A request has 1 to " + MAX_KEYS + " keys; this one has " + count);
    }
    Map<String, Integer> indexes = new LinkedHashMap<>(count * 4 / 3 + 1);
    for (int i = 0; i < count; i++) {
      // As text it would have U+FFFD where it is no UTF-8, and be another key.
      if (!request.getKeyBytes(i).isValidUtf8()) {
        throw new IllegalArgumentException("A key is not UTF-8");
      }
      if (indexes.put(request.getKey(i), i) != null) {
        throw new IllegalArgumentException("A key is there twice");
      }
    }
    return indexes;
  }
}
