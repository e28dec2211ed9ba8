package io.groupcache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Tests {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "\u007F", "\u0080", "\u07FF", "\u0800", "\uFFFF", "😀", "aé日😀z"})
  void theLengthIsThatOfTheBytes(String text) {
    assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    assertThat(Utf8.isWellFormed(text)).isTrue();
  }
}
