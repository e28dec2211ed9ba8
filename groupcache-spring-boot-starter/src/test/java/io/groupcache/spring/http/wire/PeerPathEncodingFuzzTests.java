package io.groupcache.spring.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Whatever the names of a group and a key, they arrive as they were sent, from Java and from Go.
 */
class PeerPathEncodingFuzzTests {

  private static final Pattern SENT =
      Pattern.compile("(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*+/(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*+");

  /** {@code text} is a group, a slash, and a key, not encoded. */
  @FuzzTest(maxExecutions = 20_000, maxDuration = "10m")
  void whatIsSentIsReadBack(@NotNull String text) {
    int slash = text.indexOf('/');
    String one = slash < 0 ? text : text.substring(0, slash);
    String other = text.substring(slash + 1);
    check(new PeerPath(one, other));
    check(new PeerPath(other, one)); // a group with slashes
  }

  private static void check(PeerPath path) {
    if (!hasUtf8Form(path.group()) || !hasUtf8Form(path.key())) {
      assertThatIllegalArgumentException().isThrownBy(path::encoded);
      return;
    }
    String encoded = path.encoded();

    assertThat(SENT.matcher(encoded).matches()).as(encoded).isTrue();
    assertThat(PeerPath.parse(encoded)).isEqualTo(path);
    int slash = encoded.indexOf('/');
    assertSegment(encoded.substring(0, slash), path.group());
    assertSegment(encoded.substring(slash + 1), path.key());
    assertThat(PeerPath.parse(goEscape(path.group()) + "/" + goEscape(path.key()))).isEqualTo(path);
  }

  private static void assertSegment(String encoded, String meant) {
    assertThat(encoded).isNotIn(".", ".."); // steps in a path
    assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(meant);
  }

  /** Go's {@code url.QueryEscape}: it differs from Java's in two characters. */
  private static String goEscape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  private static boolean hasUtf8Form(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
