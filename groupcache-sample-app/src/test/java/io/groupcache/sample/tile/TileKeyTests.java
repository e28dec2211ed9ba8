package io.groupcache.sample.tile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileKeyTests {

  @ParameterizedTest
  @ValueSource(strings = {"0/0/0", "1/1/1", "3/4/2", "10/1023/0", "10/0/1023"})
  void textIsTheKey(String text) {
    assertThat(TileKey.parse(text)).map(TileKey::toString).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0/0",
        "0/0/0/0",
        "/0/0",
        "0/0/",
        "a/0/0",
        " 0/0/0",
        "0/0/0\n",
        "03/4/2",
        "3/04/2",
        "3/4/02",
        "+3/4/2",
        "-1/0/0",
        "3/-1/2",
        "3/4.0/2",
        "3/４/2",
        "3/4/2.png",
        "0/0/1",
        "0/1/0",
        "3/8/0",
        "3/0/8",
        "10/1024/0",
        "11/0/0",
        "99999999999/0/0",
        "1/4294967296/0"
      })
  void whatIsNoTileIsNoKey(String text) {
    assertThat(TileKey.parse(text)).isEmpty();
  }
}
