package io.groupcache.spring.ring;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text as the hexadecimal digits of its UTF-8 bytes, which pass everywhere unchanged. */
public final class Hex {

  private Hex() {}

  /** The digits of a text. */
  public static String encode(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of digits. */
  public static String decode(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }
}
