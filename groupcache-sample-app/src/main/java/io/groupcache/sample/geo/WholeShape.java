package io.groupcache.sample.geo;

import java.util.Comparator;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.GeometryFixer;

/**
 * Puts the parts of a country side by side on the plane, as a map of that country alone would show
 * them: it is cut where its widest gap is, so that Fiji is one archipelago and not two.
 */
final class WholeShape {

  private WholeShape() {}

  /** One valid shape of all the parts, whose middle is a longitude from -180° to 180°. */
  static Geometry of(List<Polygon> parts) {
    double cut = startAfterWidestGap(parts);
    Polygon[] moved =
        parts.stream().map(part -> Shift.byTurns(part, turns(part, cut))).toArray(Polygon[]::new);
    Geometry whole = GeometryFixer.fix(Unroller.FACTORY.createMultiPolygon(moved));
    return Shift.byTurns(whole, -(int) Math.rint(whole.getEnvelopeInternal().centre().x / 360));
  }

  private static double startAfterWidestGap(List<Polygon> parts) {
    List<Envelope> spans =
        parts.stream()
            .map(Geometry::getEnvelopeInternal)
            .sorted(Comparator.comparingDouble(WholeShape::start))
            .toList();
    double reach = spans.stream().mapToDouble(WholeShape::end).max().orElseThrow() - 360;
    double widest = 0;
    double cut = 180; // what goes all around the globe is cut there, as maps are
    for (Envelope span : spans) {
      if (start(span) - reach > widest) {
        widest = start(span) - reach;
        cut = start(span);
      }
      reach = Math.max(reach, end(span));
    }
    return cut;
  }

  private static int turns(Polygon part, double cut) {
    Envelope span = part.getEnvelopeInternal();
    int toStart = -(int) Math.floor(span.getMinX() / 360);
    return start(span) < cut ? toStart + 1 : toStart;
  }

  /** The western edge, as a longitude from 0° to 360°. */
  private static double start(Envelope span) {
    return span.getMinX() - 360 * Math.floor(span.getMinX() / 360);
  }

  private static double end(Envelope span) {
    return start(span) + span.getWidth();
  }
}
