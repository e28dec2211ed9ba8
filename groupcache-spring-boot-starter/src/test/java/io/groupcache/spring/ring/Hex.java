package io.groupcache.spring.ring;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text as the hexadecimal digits of its UTF-8 bytes, which pass everywhere unchanged. */
final class Hex {

  private Hex() {}

  static String encode(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  static String decode(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }
}
