package io.groupcache.sample.tile;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/**
 * The name of a land on the map, written where it fits.
 *
 * @param outline its letters in a font of size 1, their middle at 0, 0
 * @param place where to write it
 */
record MapName(Shape outline, NamePlace place) {

  private static final double SMALLEST = 10;
  private static final double LARGEST = 22;

  /**
   * The letters on a map.
   *
   * @param mapSize the width of the whole map in pixels
   * @return none when they would be too small to read
   */
  Optional<Shape> on(double mapSize) {
    Rectangle2D box = outline.getBounds2D();
    double fontSize = Math.min(LARGEST, mapSize * place.room(box.getWidth(), box.getHeight()));
    if (fontSize < SMALLEST) {
      return Optional.empty();
    }
    AffineTransform move =
        AffineTransform.getTranslateInstance(
            place.centre().x * mapSize, place.centre().y * mapSize);
    move.scale(fontSize, fontSize);
    return Optional.of(move.createTransformedShape(outline));
  }
}
