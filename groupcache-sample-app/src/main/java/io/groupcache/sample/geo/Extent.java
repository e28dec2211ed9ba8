package io.groupcache.sample.geo;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * How large a land is, and where; all but the area in degrees.
 *
 * @param areaKm2 its area on a sphere as large as the Earth
 * @param west where it begins, going east; greater than {@code east} when it crosses 180°
 * @param south its southernmost latitude
 * @param east where it ends, going east
 * @param north its northernmost latitude
 * @param longitude the longitude of its centre of gravity
 * @param latitude the latitude of its centre of gravity
 */
public record Extent(
    double areaKm2,
    double west,
    double south,
    double east,
    double north,
    double longitude,
    double latitude) {

  /** The radius of the sphere that has the Earth's surface, in kilometres. */
  private static final double EARTH_RADIUS_KM = 6371.0072;

  /** Measures a shape that is in degrees. */
  public static Extent of(Geometry shape) {
    // Lambert's cylindrical projection keeps areas, so a plane's area is the globe's.
    Geometry equalArea = shape.copy();
    equalArea.apply((Coordinate c) -> {
      c.x = Math.toRadians(c.x);
      c.y = Math.sin(Math.toRadians(c.y));
    });
    equalArea.geometryChanged();
    Coordinate centre = equalArea.getCentroid().getCoordinate();
    Envelope box = shape.getEnvelopeInternal();
    boolean allAround = box.getWidth() >= 360;
    return new Extent(
        equalArea.getArea() * EARTH_RADIUS_KM * EARTH_RADIUS_KM,
        allAround ? -180 : onGlobe(box.getMinX()),
        box.getMinY(),
        allAround ? 180 : onGlobe(box.getMaxX()),
        box.getMaxY(),
        onGlobe(Math.toDegrees(centre.x)),
        Math.toDegrees(Math.asin(centre.y)));
  }

  private static double onGlobe(double longitude) {
    return longitude - 360 * Math.rint(longitude / 360);
  }
}
