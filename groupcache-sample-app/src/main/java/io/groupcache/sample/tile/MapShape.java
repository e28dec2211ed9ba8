package io.groupcache.sample.tile;

import io.groupcache.sample.geo.Shift;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Repeats a land at both edges of the world map and cuts it off a little outside of them, so that
 * neither a border line nor a seam shows where the map ends.
 */
final class MapShape {

  private static final Envelope WORLD = new Envelope(-190, 190, -88, 88);

  private MapShape() {}

  /** A land in degrees as the map shows it, projected. */
  static Geometry of(Geometry land) {
    Geometry repeated = land;
    for (int turns = -1; turns <= 1; turns += 2) {
      Geometry copy = Shift.byTurns(land, turns);
      if (copy.getEnvelopeInternal().intersects(WORLD)) {
        repeated = OverlayNGRobust.overlay(repeated, copy, OverlayNG.UNION);
      }
    }
    return Mercator.project(clip(repeated, WORLD));
  }

  /** The part of a shape that lies in a box. */
  static Geometry clip(Geometry shape, Envelope box) {
    return box.covers(shape.getEnvelopeInternal())
        ? shape
        : OverlayNGRobust.overlay(
            shape, shape.getFactory().toGeometry(box), OverlayNG.INTERSECTION);
  }
}
