package io.groupcache.spring.http.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Requests like the kept ones, with something cut, repeated, put in, or taken from another. */
public final class Mutations {

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
    "Content-Type: application/x-protobuf\r\n",
    "POST /_groupcache/echo HTTP/1.1\r\n",
    "\n\u0001x",
    "\u00ff"
  };

  private final List<byte[]> kept;
  private final Random random;

  public Mutations(List<byte[]> kept, long seed) {
    this.kept = kept;
    this.random = new Random(seed);
  }

  public byte[] next() {
    StringBuilder text = new StringBuilder(pick());
    for (int i = random.nextInt(3); i >= 0; i--) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(8));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(from, text.substring(from, to));
        case 2 -> text.insert(from, PIECES[random.nextInt(PIECES.length)]);
        case 3 -> text.replace(from, to, String.valueOf((char) random.nextInt(256)));
        default -> {
          String other = pick();
          text.replace(from, text.length(), other.substring(random.nextInt(other.length() + 1)));
        }
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private String pick() {
    return new String(kept.get(random.nextInt(kept.size())), StandardCharsets.ISO_8859_1);
  }
}
