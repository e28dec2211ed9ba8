package io.groupcache.sample.geo;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Lays polygons of the globe on a plane: longitudes go on where the globe's jump from 180° to
 * -180°, and a ring around a pole is closed along that pole.
 */
final class Unroller {

  static final GeometryFactory FACTORY = new GeometryFactory();

  private Unroller() {}

  /**
   * One polygon of the globe on the plane.
   *
   * @param rings the rings in degrees, the outer one first
   * @return a polygon, and one more for each ring around a pole: on the plane it has no inside
   */
  static List<Polygon> unroll(List<Coordinate[]> rings) {
    List<Polygon> polygons = new ArrayList<>();
    List<LinearRing> flat = new ArrayList<>();
    for (Coordinate[] ring : rings) {
      List<Coordinate> run = unroll(ring);
      if (isAroundPole(run)) {
        polygons.add(FACTORY.createPolygon(closeAlongPole(run)));
      } else {
        flat.add(FACTORY.createLinearRing(run.toArray(Coordinate[]::new)));
      }
    }
    if (!flat.isEmpty()) {
      LinearRing shell = flat.get(0);
      LinearRing[] holes =
          flat.stream().skip(1).map(hole -> moveInto(shell, hole)).toArray(LinearRing[]::new);
      polygons.add(FACTORY.createPolygon(shell, holes));
    }
    return polygons;
  }

  private static List<Coordinate> unroll(Coordinate[] ring) {
    List<Coordinate> run = new ArrayList<>(ring.length);
    double turn = 0;
    for (int i = 0; i < ring.length; i++) {
      if (i > 0) {
        turn -= 360 * Math.rint((ring[i].x - ring[i - 1].x) / 360);
      }
      run.add(new Coordinate(ring[i].x + turn, ring[i].y));
    }
    return run;
  }

  private static boolean isAroundPole(List<Coordinate> run) {
    return Math.abs(run.get(run.size() - 1).x - run.get(0).x) > 180;
  }

  private static Coordinate[] closeAlongPole(List<Coordinate> run) {
    Coordinate first = run.get(0);
    double pole = Math.copySign(90, first.y);
    List<Coordinate> closed = new ArrayList<>(run);
    closed.add(new Coordinate(run.get(run.size() - 1).x, pole));
    closed.add(new Coordinate(first.x, pole));
    closed.add(first.copy());
    return closed.toArray(Coordinate[]::new);
  }

  /** A hole may have been unrolled another whole turn away from its shell. */
  private static LinearRing moveInto(LinearRing shell, LinearRing hole) {
    double away = hole.getEnvelopeInternal().centre().x - shell.getEnvelopeInternal().centre().x;
    return (LinearRing) Shift.byTurns(hole, -(int) Math.rint(away / 360));
  }
}
