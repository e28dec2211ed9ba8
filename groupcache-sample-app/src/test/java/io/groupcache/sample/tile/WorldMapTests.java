package io.groupcache.sample.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.groupcache.sample.geo.Atlas;
import java.awt.Color;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorldMapTests {

  private static WorldMap map;

  @BeforeAll
  static void draw() throws IOException {
    map = new WorldMap(Atlas.read());
  }

  @ParameterizedTest
  @CsvSource({
    "756, 5/16/11", // Switzerland
    "756, 6/33/22",
    "242, 4/0/8 4/15/8", // Fiji, on both sides of 180 degrees
    "336, 5/17/11", // the Vatican, smaller than a pixel
    "756, 7/66/44 7/66/45 7/67/44 7/67/45",
  })
  void showsACountryOnTheseTilesOfTheirZoomOnly(String code, String tiles) {
    List<String> expected = List.of(tiles.split(" "));
    int zoom = tile(expected.get(0)).zoom();

    assertThat(allTiles(zoom).filter(map.tilesShowing(code)).map(TileKey::toString))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"756", "242", "643", "010", "426"})
  void aTileThatLooksDifferentInAnotherColorShowsTheCountry(String code) throws IOException {
    TileRenderer renderer = new TileRenderer(map);
    Predicate<TileKey> shows = map.tilesShowing(code);

    int changed = 0;
    for (TileKey tile : allTiles(3).toList()) {
      byte[] before = renderer.render(tile, Map.of());
      byte[] after = renderer.render(tile, Map.of(code, Color.RED));
      if (!Arrays.equals(before, after)) {
        changed++;
        assertThat(tile).matches(shows, "shows " + code);
      }
    }
    assertThat(changed).as("tiles that look different").isPositive();
  }

  @Test
  void anUnknownCountryIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> map.tilesShowing("000"));
  }

  private static Stream<TileKey> allTiles(int zoom) {
    return IntStream.range(0, 1 << zoom)
        .boxed()
        .flatMap(x -> IntStream.range(0, 1 << zoom).mapToObj(y -> new TileKey(zoom, x, y)));
  }

  private static TileKey tile(String key) {
    return TileKey.parse(key).orElseThrow();
  }
}
