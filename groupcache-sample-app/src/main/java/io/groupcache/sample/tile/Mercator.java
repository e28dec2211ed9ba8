package io.groupcache.sample.tile;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/**
 * Web Mercator, the projection of tiled maps: the world is a square of side 1, x going east from
 * 180° W, y going south from 85.05° N.
 */
final class Mercator {

  private Mercator() {}

  /** A copy of a shape that is in degrees. */
  static Geometry project(Geometry degrees) {
    Geometry projected = degrees.copy();
    projected.apply((Coordinate c) -> {
      c.x = x(c.x);
      c.y = y(c.y);
    });
    projected.geometryChanged();
    return projected;
  }

  static double x(double longitude) {
    return (longitude + 180) / 360;
  }

  static double y(double latitude) {
    double radians = Math.toRadians(latitude);
    return (1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2;
  }
}
