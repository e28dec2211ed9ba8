package io.groupcache.spring.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PeerErrorTests {

  private static final String FORGED = "sorry\r\nforged\u2028\u001b[2J\u202e" + "x".repeat(10_000);

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "KEY_NOT_FOUND") // of which nothing said is repeated
  void whatAPeerSaysIsOneLineOfALengthInAnException(PeerError error) {
    assertThat(error.exception("http://a:1", "k", FORGED).getMessage())
        .contains("http://a:1", "sorry forged [2J x")
        .hasSizeLessThan(PeerError.MAX_MESSAGE_LENGTH + 100);
  }
}
