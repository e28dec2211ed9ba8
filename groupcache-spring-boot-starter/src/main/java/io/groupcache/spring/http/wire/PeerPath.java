package io.groupcache.spring.http.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The grammar of peers' URLs below the base path, in both directions: {@code group/key}, each
 * percent-encoded.
 *
 * @param group the name of the group
 * @param key the key
 */
public record PeerPath(String group, String key) {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * Reads a path as it stood in the request, never decoded by anyone. Besides what {@link
   * #encoded()} writes it takes what Go's {@code url.QueryEscape} writes: {@code +} is a space.
   *
   * @throws MalformedRequestException when it is malformed; the message tells a person how
   */
  public static PeerPath parse(String path) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      throw new MalformedRequestException("A path is {group}/{key}; this one has no '/'");
    }
    return new PeerPath(decode(path.substring(0, slash)), decode(path.substring(slash + 1)));
  }

  /**
   * Reads the path of a request that is about a group's keys: a group alone, written as {@link
   * #encodedGroup} does. Empty when it is a group and a key.
   *
   * @throws MalformedRequestException when it is malformed; the message tells a person how
   */
  public static Optional<String> parseGroup(String path) {
    return path.indexOf('/') < 0 ? Optional.of(decode(path)) : Optional.empty();
  }

  /**
   * A group alone, as it goes into a request.
   *
   * @throws IllegalArgumentException when it has no UTF-8 form
   */
  public static String encodedGroup(String group) {
    StringBuilder path = new StringBuilder(group.length() + 16);
    encode(group, path);
    return path.toString();
  }

  /**
   * The path as it goes into a request.
   *
   * @throws IllegalArgumentException when the group or the key has no UTF-8 form
   */
  public String encoded() {
    StringBuilder path = new StringBuilder(group.length() + key.length() + 16);
    encode(group, path);
    path.append('/');
    encode(key, path);
    return path.toString();
  }

  private static void encode(String segment, StringBuilder to) {
    // Dots have to be escaped only where the whole segment would else be taken for a step in the
    // path.
    boolean escapeDots = segment.equals(".") || segment.equals("..");
    ByteBuffer bytes = utf8(segment);
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      if (isUnreserved(b) && !(escapeDots && b == '.')) {
        to.append((char) b);
      } else {
        to.append('%').append(HEX.toHighHexDigit(b)).append(HEX.toLowHexDigit(b));
      }
    }
  }

  private static String decode(String segment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%') {
        bytes.write(escapedByte(segment, i));
        i += 2;
      } else if (c < 0x80) {
        bytes.write(c == '+' ? ' ' : c);
      } else {
        throw new MalformedRequestException("A character that is not ASCII has to be escaped");
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedRequestException("The escaped bytes are not UTF-8", e);
    }
  }

  private static int escapedByte(String segment, int percent) {
    if (percent + 2 >= segment.length()
        || !HexFormat.isHexDigit(segment.charAt(percent + 1))
        || !HexFormat.isHexDigit(segment.charAt(percent + 2))) {
      throw new MalformedRequestException("A '%' has to be followed by two hexadecimal digits");
    }
    return HexFormat.fromHexDigits(segment, percent + 1, percent + 3);
  }

  private static ByteBuffer utf8(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("Half a surrogate pair has no UTF-8 form", e);
    }
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || "-_.~".indexOf(b) >= 0;
  }
}
