package io.groupcache.sample.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LetteringTests {

  private final Lettering lettering;

  LetteringTests() throws IOException {
    this.lettering = new Lettering();
  }

  @Test
  void aNameIsWrittenAroundTheMiddleInAFontOfSizeOne() throws IOException {
    Rectangle2D box = lettering.outline("Switzerland").getBounds2D();

    assertThat(box.getCenterX()).isCloseTo(0, within(1e-9));
    assertThat(box.getCenterY()).isCloseTo(0, within(1e-9));
    assertThat(box.getWidth()).isBetween(4.0, 7.0);
    assertThat(box.getHeight()).isBetween(0.6, 0.9);
  }

  @Test
  void aSpaceTakesRoom() throws IOException {
    assertThat(width("A A")).isGreaterThan(width("AA") + 0.1);
  }

  @Test
  void anAccentIsWritten() throws IOException {
    assertThat(lettering.outline("Å").getBounds2D().getHeight())
        .isGreaterThan(lettering.outline("A").getBounds2D().getHeight() + 0.1);
  }

  @Test
  void lettersAreUpright() throws IOException {
    // The dot of an i is above its stem, which on a screen is where y is less.
    assertThat(lettering.outline("i").contains(0, -0.3)).isTrue();
    assertThat(lettering.outline("T").contains(0, 0.2)).isTrue();
    assertThat(lettering.outline("T").getBounds2D().getMinY()).isEqualTo(-0.33, within(0.05));
  }

  private double width(String text) throws IOException {
    return lettering.outline(text).getBounds2D().getWidth();
  }
}
