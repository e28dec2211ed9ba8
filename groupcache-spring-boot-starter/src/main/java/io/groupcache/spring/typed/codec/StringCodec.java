package io.groupcache.spring.typed.codec;

import io.groupcache.ByteView;
import io.groupcache.Sink;
import io.groupcache.spring.typed.Codec;
import java.util.Optional;

/** Text as UTF-8. */
final class StringCodec implements Codec<String> {

  private static final char REPLACEMENT = '\uFFFD';

  @Override
  public void encode(String value, Sink dest) {
    dest.setString(value);
  }

  @Override
  public String decode(ByteView bytes) {
    return strictText(bytes)
        .orElseThrow(() -> new IllegalArgumentException("The bytes are no UTF-8 text"));
  }

  /** The text that has these bytes; empty where they are no UTF-8. */
  static Optional<String> strictText(ByteView bytes) {
    String text = bytes.utf8();
    boolean replaced = text.indexOf(REPLACEMENT) >= 0 && !ByteView.of(text).equals(bytes);
    return replaced ? Optional.empty() : Optional.of(text);
  }
}
