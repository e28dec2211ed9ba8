package io.groupcache.sample.country;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HexColorTests {

  @ParameterizedTest
  @ValueSource(strings = {"#000000", "#00000f", "#e8998d", "#ffffff"})
  void textIsTheColor(String text) {
    assertThat(HexColor.parse(text)).map(HexColor::toString).contains(text);
  }

  @Test
  void digitsMayBeCapitals() {
    assertThat(HexColor.parse("#E8998D")).contains(new HexColor(0xe8998d));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "#", "red", "e8998d", "#e89", "#e8998", "#e8998d0", "#e8998g", " #e8998d"})
  void anythingElseIsNone(String text) {
    assertThat(HexColor.parse(text)).isEmpty();
  }
}
