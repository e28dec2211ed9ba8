package io.groupcache.spring.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Any text is a path or is refused, and nobody but the grammar decides which. */
class PeerPathParsingFuzzTests {

  private static final Pattern WELL_FORMED =
      Pattern.compile("(?:[\\x00-\\x7F&&[^%]]|%[0-9A-Fa-f]{2})*+");

  /** {@code text} is what stood in the request below the base path. */
  @FuzzTest(maxExecutions = 20_000, maxDuration = "10m")
  void anyTextIsAPathOrIsRefused(@NotNull String text) {
    Optional<PeerPath> meant = meaning(text);
    if (meant.isPresent()) {
      PeerPath path = PeerPath.parse(text);

      assertThat(path).isEqualTo(meant.get());
      assertThat(PeerPath.parse(path.encoded())).isEqualTo(path);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PeerPath.parse(text))
          .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    }
  }

  /** The same grammar once more, from the JDK's parts. */
  private static Optional<PeerPath> meaning(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !WELL_FORMED.matcher(text).matches()) {
      return Optional.empty();
    }
    return decoded(text.substring(0, slash))
        .flatMap(group -> decoded(text.substring(slash + 1)).map(key -> new PeerPath(group, key)));
  }

  private static Optional<String> decoded(String segment) {
    byte[] bytes =
        URLDecoder.decode(segment, StandardCharsets.ISO_8859_1)
            .getBytes(StandardCharsets.ISO_8859_1);
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
