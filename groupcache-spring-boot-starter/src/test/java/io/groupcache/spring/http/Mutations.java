package io.groupcache.spring.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * An input, and others like it, always the same for the same input: the fuzzer finds inputs that
 * are new to the code, and these are cheap, so that a round trip through a server carries many.
 */
final class Variants {

  private static final String[] PIECES = {
    "/_groupcache/",
    "values/x",
    "%00",
    "%2F",
    "%FF",
    "%zz",
    "..",
    "//",
    ";",
    "?",
    " ",
    "\0",
    "\r\n",
    "\r\n\r\n",
    " HTTP/1.1\r\n",
    "Content-Length: 1\r\n",
    "Groupcache-Timeout: -1\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Content-Type: multipart/form-data\r\n",
    "\u00ff"
  };

  private Variants() {}

  static List<byte[]> of(byte[] input, int count) {
    Random random = new Random(Arrays.hashCode(input));
    List<byte[]> variants = new ArrayList<>(List.of(input));
    while (variants.size() < count) {
      variants.add(change(input, random));
    }
    return variants;
  }

  private static byte[] change(byte[] input, Random random) {
    StringBuilder text = new StringBuilder(new String(input, StandardCharsets.ISO_8859_1));
    for (int i = random.nextInt(3); i >= 0; i--) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(8));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(from, text.substring(from, to));
        case 2 -> text.insert(from, PIECES[random.nextInt(PIECES.length)]);
        default -> text.replace(from, to, String.valueOf((char) random.nextInt(256)));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
