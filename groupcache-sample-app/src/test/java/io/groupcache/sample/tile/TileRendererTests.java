package io.groupcache.sample.tile;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.sample.geo.Atlas;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileRendererTests {

  private static TileRenderer renderer;

  @BeforeAll
  static void drawMap() throws IOException {
    renderer = new TileRenderer(new WorldMap(Atlas.read()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/0/0", "3/4/2", "10/533/358"})
  void tileIsAPngImageOf256Pixels(String key) throws IOException {
    byte[] png = render(key);

    assertThat(png).startsWith(0x89, 'P', 'N', 'G');
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(256);
    assertThat(image.getHeight()).isEqualTo(256);
  }

  @Test
  void theSameTileIsTheSameBytesOnEveryPeer() throws IOException {
    TileRenderer otherPeer = new TileRenderer(new WorldMap(Atlas.read()));

    for (String key : new String[] {"0/0/0", "2/3/1", "5/16/11"}) {
      assertThat(otherPeer.render(TileKey.parse(key).orElseThrow(), Map.of()))
          .isEqualTo(render(key));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7, 46.9, 7.3", // Switzerland
    "10, 46.9, 7.3",
    "10, 36.3, -5.5", // Spain, near Gibraltar
    "4, 64, -152", // Alaska
    "3, -79, 100", // Antarctica
    "6, 66.7, 179.3", // Russia on both sides of 180 degrees
    "6, 66.7, -178.6",
    "8, -16.65, 179.3" // Fiji
  })
  void landIsTinted(int zoom, double latitude, double longitude) throws IOException {
    assertThat(color(zoom, latitude, longitude)).isIn(Palette.LANDS);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 31.7, -44.3", // the Atlantic
    "5, 31.7, -44.3",
    "10, 31.7, -44.3",
    "10, 35.97, -5.55", // the Strait of Gibraltar
    "3, 84.3, 4.1", // the Arctic Ocean
    "4, 70.3, -4.1", // on Russia's latitude
    "4, 72.3, -64.1",
    "4, -16.3, -31.2", // on Fiji's latitude
    "4, -16.3, 103.2"
  })
  void seaIsPlain(int zoom, double latitude, double longitude) throws IOException {
    assertThat(color(zoom, latitude, longitude)).isEqualTo(Palette.SEA);
  }

  @Test
  void noBorderIsDrawnWhereTheMapEnds() throws IOException {
    Color land = color(6, 66.7, 179.3);

    assertThat(color(6, 66.7, -178.6)).isEqualTo(land);
    // A line of longitude is there, which is faint; a border would be dark.
    assertThat(distance(color(6, 66.7, -179.999), land)).isLessThan(60);
    assertThat(distance(color(6, 66.7, 179.999), land)).isLessThan(60);
    assertThat(color(6, -84.95, -179.9)).isIn(Palette.LANDS);
    assertThat(distance(color(6, -84.95, 179.999), color(6, -84.95, -179.9))).isLessThan(60);
  }

  @Test
  void neighboursHaveDifferentTints() throws IOException {
    Color switzerland = color(7, 46.9, 7.3);
    Color france = color(7, 47.2, 3.1);
    Color germany = color(7, 48.7, 9.3);
    Color italy = color(7, 44.7, 10.4);

    assertThat(switzerland).isNotIn(france, germany, italy);
    assertThat(france).isNotIn(germany, italy);
  }

  @Test
  void aCountryHasTheColorThatItWasGivenAndItsNeighboursHaveTheirs() throws IOException {
    Map<String, Color> colors = Map.of("756", Color.RED);

    assertThat(color(7, 46.9, 7.3, colors)).isEqualTo(Color.RED);
    assertThat(color(7, 47.2, 3.1, colors)).isEqualTo(color(7, 47.2, 3.1));
  }

  @Test
  void namesAreWrittenAcrossTiles() throws IOException {
    assertThat(darkPixels("2/2/0") + darkPixels("2/2/1")).as("Russia and others").isPositive();
    assertThat(darkPixels("10/100/500")).as("an empty sea").isZero();
  }

  private static byte[] render(String key) throws IOException {
    return render(key, Map.of());
  }

  private static byte[] render(String key, Map<String, Color> colors) throws IOException {
    return renderer.render(TileKey.parse(key).orElseThrow(), colors);
  }

  private static Color color(int zoom, double latitude, double longitude) throws IOException {
    return color(zoom, latitude, longitude, Map.of());
  }

  private static Color color(int zoom, double latitude, double longitude, Map<String, Color> colors)
      throws IOException {
    double pixels = Math.scalb(256.0, zoom);
    int x = (int) (Mercator.x(longitude) * pixels);
    int y = (int) (Mercator.y(latitude) * pixels);
    BufferedImage image = image(zoom + "/" + x / 256 + "/" + y / 256, colors);
    return new Color(image.getRGB(x % 256, y % 256));
  }

  private static BufferedImage image(String key, Map<String, Color> colors) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(render(key, colors)));
  }

  private static int distance(Color a, Color b) {
    return Math.abs(a.getRed() - b.getRed())
        + Math.abs(a.getGreen() - b.getGreen())
        + Math.abs(a.getBlue() - b.getBlue());
  }

  /** Names are the only thing on the map in their colour. */
  private static int darkPixels(String key) throws IOException {
    BufferedImage image = image(key, Map.of());
    int dark = 0;
    for (int rgb : image.getRGB(0, 0, 256, 256, null, 0, 256)) {
      if (new Color(rgb).equals(Palette.NAME)) {
        dark++;
      }
    }
    return dark;
  }
}
