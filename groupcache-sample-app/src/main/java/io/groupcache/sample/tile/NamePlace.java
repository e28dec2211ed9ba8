package io.groupcache.sample.tile;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.locationtech.jts.algorithm.construct.MaximumInscribedCircle;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.util.AffineTransformation;

/**
 * Where a land has most room for its name: an ellipse inside of it, on the map of side 1.
 *
 * @param centre the middle of the ellipse
 * @param height half of its height
 */
record NamePlace(Coordinate centre, double height) {

  /** How many times wider than high the ellipse is: names are wide. */
  private static final double WIDTH = 3;

  static NamePlace in(Geometry land) {
    Geometry largest =
        IntStream.range(0, land.getNumGeometries())
            .mapToObj(land::getGeometryN)
            .max(Comparator.comparingDouble(Geometry::getArea))
            .orElseThrow();
    // An ellipse in the land is a circle in the land that is squeezed from left to right.
    Geometry squeezed = AffineTransformation.scaleInstance(1 / WIDTH, 1).transform(largest);
    double tolerance = Math.sqrt(squeezed.getArea()) / 100;
    MaximumInscribedCircle circle = new MaximumInscribedCircle(squeezed, tolerance);
    Coordinate centre = circle.getCenter().getCoordinate();
    return new NamePlace(
        new Coordinate(centre.x * WIDTH, centre.y), circle.getRadiusLine().getLength());
  }

  /** How many times as large a box of that width and height can be here. */
  double room(double boxWidth, double boxHeight) {
    return 2 * height / Math.hypot(boxWidth / WIDTH, boxHeight);
  }
}
