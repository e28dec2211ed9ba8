package io.groupcache.spring.http.client;

import io.groupcache.ByteView;
import io.groupcache.spring.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the HTTP/1.1 answers in bytes that are all there, strictly. */
public final class RawAnswers {

  private static final String START = "HTTP/1.1 ";

  private final String bytes;
  private int at;

  private RawAnswers(byte[] bytes) {
    this.bytes = new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * The answers one after the other; empty when that is not what these bytes are. The last can be
   * bare: a body alone, as in HTTP/0.9, here with the status 0.
   */
  public static Optional<List<Answer>> parse(byte[] bytes) {
    RawAnswers rest = new RawAnswers(bytes);
    List<Answer> answers = new ArrayList<>();
    try {
      while (rest.at < bytes.length) {
        if (!rest.bytes.startsWith(START, rest.at)) {
          byte[] body = rest.bytes.substring(rest.at).getBytes(StandardCharsets.ISO_8859_1);
          answers.add(new Answer(0, Map.of(), ByteView.copyOf(body)));
          break;
        }
        answers.add(rest.next());
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
    return Optional.of(answers);
  }

  private Answer next() {
    String statusLine = line();
    if (!statusLine.matches("HTTP/1\\.1 \\d{3}(?: .*)?")) {
      throw new NumberFormatException(statusLine);
    }
    int status = Integer.parseInt(statusLine, START.length(), START.length() + 3, 10);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      if (headers.put(line.substring(0, colon), value) != null && isAboutLength(line)) {
        throw new NumberFormatException("Twice: " + line);
      }
    }
    return new Answer(status, headers, ByteView.copyOf(body(headers)));
  }

  private byte[] body(Map<String, String> headers) {
    if (at == bytes.length() || bytes.startsWith(START, at)) {
      return new byte[0]; // to a HEAD; no body of this server's begins like that
    }
    StringBuilder body = new StringBuilder();
    if (headers.containsKey("Transfer-Encoding")) {
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        body.append(take(size));
        if (!line().isEmpty()) {
          throw new NumberFormatException("A chunk is longer than it says");
        }
      }
      if (!line().isEmpty()) {
        throw new NumberFormatException("Trailers");
      }
    } else {
      body.append(take(Integer.parseInt(headers.getOrDefault("Content-Length", "0"))));
    }
    return body.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private int chunkSize() {
    return Integer.parseInt(line(), 16);
  }

  private String line() {
    int end = bytes.indexOf("\r\n", at);
    String line = bytes.substring(at, end);
    at = end + 2;
    return line;
  }

  private String take(int length) {
    String taken = bytes.substring(at, at + length);
    at += length;
    return taken;
  }

  private static boolean isAboutLength(String line) {
    String name = line.toLowerCase(Locale.ROOT);
    return name.startsWith("content-length:") || name.startsWith("transfer-encoding:");
  }
}
