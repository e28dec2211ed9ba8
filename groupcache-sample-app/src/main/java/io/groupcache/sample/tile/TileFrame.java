package io.groupcache.sample.tile;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import org.locationtech.jts.awt.ShapeWriter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/** The part of the map that a tile shows: goes between the map of side 1 and the tile's pixels. */
final class TileFrame {

  /** The width and the height of a tile in pixels. */
  static final int SIZE = 256;

  /** How far outside of the tile shapes are cut off, in pixels: further than any line is wide. */
  private static final double MARGIN = 16;

  private final TileKey tile;
  private final ShapeWriter shapes =
      new ShapeWriter((Coordinate from, Point2D to) -> to.setLocation(x(from.x), y(from.y)));

  TileFrame(TileKey tile) {
    this.tile = tile;
  }

  /** The width of the whole map at this tile's zoom, in pixels. */
  double mapSize() {
    return Math.scalb((double) SIZE, tile.zoom());
  }

  /** The tile with its margin, on the map. */
  Envelope box() {
    return box(MARGIN);
  }

  /** The tile and a pixel around it, on the map: what lies outside colours none of its pixels. */
  Envelope visibleBox() {
    return box(1);
  }

  private Envelope box(double marginPixels) {
    double tiles = Math.scalb(1.0, tile.zoom());
    Envelope box =
        new Envelope(
            tile.x() / tiles, (tile.x() + 1) / tiles, tile.y() / tiles, (tile.y() + 1) / tiles);
    box.expandBy(marginPixels / mapSize());
    return box;
  }

  double x(double onMap) {
    return onMap * mapSize() - (double) SIZE * tile.x();
  }

  double y(double onMap) {
    return onMap * mapSize() - (double) SIZE * tile.y();
  }

  /** What of a shape of the map is in this frame, in the tile's pixels. */
  Shape cut(Geometry onMap) {
    return shapes.toShape(MapShape.clip(onMap, box()));
  }

  /** From the whole map's pixels to the tile's, with the map repeated so many times to the east. */
  AffineTransform fromMapPixels(int repeat) {
    return AffineTransform.getTranslateInstance(
        repeat * mapSize() - (double) SIZE * tile.x(), -(double) SIZE * tile.y());
  }
}
