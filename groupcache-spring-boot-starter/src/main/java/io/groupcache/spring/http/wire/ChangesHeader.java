package io.groupcache.spring.http.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.groupcachepb.KeyContext;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header of a GET with the changes that the asker knows of its key: a {@link KeyContext} in
 * Base64.
 */
public final class ChangesHeader {

  public static final String HEADER = "Groupcache-Changes";

  /** More of them go into a question about many keys: a header has its limit. */
  public static final int MAX_CHANGES = 16;

  private ChangesHeader() {}

  /** The value of {@link #HEADER}. */
  public static String write(List<ChangeId> changes) {
    byte[] message = KeyContext.newBuilder().addAllChange(changes).build().toByteArray();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(message);
  }

  /**
   * The changes that such a value names; none where there is none.
   *
   * @throws MalformedRequestException when it makes no sense; the message tells a person so
   */
  public static List<ChangeId> read(@Nullable String value) {
    if (value == null) {
      return List.of();
    }
    try {
      return KeyContext.parseFrom(Base64.getUrlDecoder().decode(value)).getChangeList();
    } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
      throw new MalformedRequestException(HEADER + " has to be a KeyContext in Base64", e);
    }
  }
}
