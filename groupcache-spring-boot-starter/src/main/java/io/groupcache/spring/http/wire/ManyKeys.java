package io.groupcache.spring.http.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.groupcachepb.GetManyRequest;
import io.groupcache.groupcachepb.KeyContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The question about many keys, in both directions: how much fits into one, and what is in it. */
public final class ManyKeys {

  /** How long a request may be: no peer reads more. */
  public static final int MAX_REQUEST_BYTES = 1 << 20;

  /** How many keys it may have. */
  public static final int MAX_KEYS = 10_000;

  /** How many ancestors of a key are sent, and read. */
  static final int MAX_ANCESTORS = 16;

  private static final int MAX_OTHER_BYTES = 64;

  private ManyKeys() {}

  /** The bytes that a key takes in a request, with what it carries. */
  public static int sizeOf(String key, List<String> ancestors, List<ChangeId> changes) {
    int size = CodedOutputStream.computeStringSize(GetManyRequest.KEY_FIELD_NUMBER, key);
    return ancestors.isEmpty() && changes.isEmpty()
        ? size
        : size
            + CodedOutputStream.computeMessageSize(
                GetManyRequest.CONTEXT_FIELD_NUMBER,
                context(Integer.MAX_VALUE, ancestors, changes));
  }

  /**
   * Splits keys so that each part fits into a request. A key that fits into none is a part alone.
   */
  public static List<List<String>> split(
      Collection<String> keys, List<String> ancestors, Function<String, List<ChangeId>> changes) {
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int bytes = 0;
    for (String key : keys) {
      int size = sizeOf(key, ancestors, changes.apply(key));
      boolean full = part.size() == MAX_KEYS || bytes + size > MAX_REQUEST_BYTES - MAX_OTHER_BYTES;
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

  /**
   * The body of a request.
   *
   * @param ancestors of each key, in the order of the keys; shorter where the rest has none
   * @param changes gives those that are known of a key
   */
  public static byte[] encode(
      ProcessId asker,
      List<String> keys,
      List<List<String>> ancestors,
      Function<String, List<ChangeId>> changes) {
    GetManyRequest.Builder request =
        GetManyRequest.newBuilder().setAsker(asker.value()).addAllKey(keys);
    for (int i = 0; i < keys.size(); i++) {
      List<String> ofKey = i < ancestors.size() ? ancestors.get(i) : List.of();
      List<ChangeId> known = changes.apply(keys.get(i));
      if (!ofKey.isEmpty() || !known.isEmpty()) {
        request.addContext(context(i, ofKey, known));
      }
    }
    return request.build().toByteArray();
  }

  /**
   * Reads a request.
   *
   * @throws MalformedRequestException when it is malformed; the message tells a person how
   */
  public static GetManyRequest parse(byte[] body) {
    GetManyRequest request;
    try {
      request = GetManyRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedRequestException("The body is no GetManyRequest", e);
    }
    int count = request.getKeyCount();
    if (count == 0 || count > MAX_KEYS) {
      throw new MalformedRequestException(
          "A request has 1 to " + MAX_KEYS + " keys; this one has " + count);
    }
    return request;
  }

  /**
   * The keys that a request is about, each with its index, in their order.
   *
   * @throws MalformedRequestException when one can't be; the message tells a person how
   */
  public static Map<String, Integer> keys(GetManyRequest request) {
    Map<String, Integer> indexes = new LinkedHashMap<>(request.getKeyCount() * 4 / 3 + 1);
    for (int i = 0; i < request.getKeyCount(); i++) {
      // As text it would have U+FFFD where it is no UTF-8, and be another key.
      if (!request.getKeyBytes(i).isValidUtf8()) {
        throw new MalformedRequestException("A key is not UTF-8");
      }
      if (indexes.put(request.getKey(i), i) != null) {
        throw new MalformedRequestException("A key is there twice");
      }
    }
    return indexes;
  }

  /** The ancestors of the keys that have some, by the index of the key. */
  public static Map<Integer, List<String>> ancestors(GetManyRequest request) {
    Map<Integer, List<String>> ancestors = new LinkedHashMap<>();
    for (KeyContext context : request.getContextList()) {
      if (context.getAncestorCount() > 0) {
        ancestors.put(context.getIndex(), bounded(context.getAncestorList()));
      }
    }
    return ancestors;
  }

  /** The changes that the asker knows of the keys, by the index of the key. */
  public static Map<Integer, List<ChangeId>> changes(GetManyRequest request) {
    Map<Integer, List<ChangeId>> changes = new HashMap<>();
    for (KeyContext context : request.getContextList()) {
      if (context.getChangeCount() > 0) {
        changes.put(context.getIndex(), context.getChangeList());
      }
    }
    return changes;
  }

  /** The nearest of the loads that wait for a key. */
  static List<String> bounded(List<String> ancestors) {
    return List.copyOf(ancestors.subList(0, Math.min(ancestors.size(), MAX_ANCESTORS)));
  }

  private static KeyContext context(int index, List<String> ancestors, List<ChangeId> changes) {
    return KeyContext.newBuilder()
        .setIndex(index)
        .addAllAncestor(bounded(ancestors))
        .addAllChange(changes)
        .build();
  }
}
