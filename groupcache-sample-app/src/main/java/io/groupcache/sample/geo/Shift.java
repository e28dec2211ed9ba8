package io.groupcache.sample.geo;

import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.util.AffineTransformation;

/** Moves a shape on the plane by whole turns around the globe. */
public final class Shift {

  private Shift() {}

  /** The shape so many turns further east. */
  public static Geometry byTurns(Geometry shape, int turns) {
    return turns == 0
        ? shape
        : AffineTransformation.translationInstance(360.0 * turns, 0).transform(shape);
  }
}
