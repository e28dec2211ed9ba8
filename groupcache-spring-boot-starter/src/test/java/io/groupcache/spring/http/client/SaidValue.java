package io.groupcache.spring.http.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.groupcache.groupcachepb.GetResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value that an answer says, where nobody could read it in another way.
 *
 * @param value the value
 * @param bodyLength how many bytes its message has
 */
record SaidValue(ByteString value, int bodyLength) {

  private static final Pattern ANSWER =
      Pattern.compile(
          "HTTP/1\\.1 200 OK\r\n(?:(?:Date|Server|X-[a-z]{1,20}): [a-z0-9]{1,40}\r\n){0,20}"
              + "Content-Type: application/x-protobuf\r\nContent-Length: (\\d{1,4})\r\n\r\n(.*)",
          Pattern.DOTALL);

  static Optional<SaidValue> of(byte[] answer) {
    Matcher matcher = ANSWER.matcher(new String(answer, StandardCharsets.ISO_8859_1));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int length = Integer.parseInt(matcher.group(1));
    String rest = matcher.group(2);
    if (rest.length() < length) {
      return Optional.empty();
    }
    try {
      GetResponse message =
          GetResponse.parseFrom(rest.substring(0, length).getBytes(StandardCharsets.ISO_8859_1));
      return message.hasValue()
          ? Optional.of(new SaidValue(message.getValue(), length))
          : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /** Whether the value's bytes are in the answer, in their order, and the answer is no refusal. */
  static boolean canHold(byte[] answer, ByteString value) {
    String text = new String(answer, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    if (!text.contains("200") || !text.contains("application/x-protobuf")) {
      return false;
    }
    if (!text.contains("chunked")) {
      return new String(answer, StandardCharsets.ISO_8859_1)
          .contains(value.toString(StandardCharsets.ISO_8859_1));
    }
    int found = 0; // with chunks' sizes between them
    for (int i = 0; i < answer.length && found < value.size(); i++) {
      if (answer[i] == value.byteAt(found)) {
        found++;
      }
    }
    return found == value.size();
  }
}
