package io.groupcache.sample.tile;

import java.awt.Color;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/** Gives each shape a colour that no neighbour has, and each colour about as many shapes. */
final class Tints {

  private final Map<Geometry, Color> tints = new LinkedHashMap<>();
  private final Map<Color, Integer> uses = new HashMap<>();

  /** The colour of the next shape. */
  Color next(Geometry shape, List<Color> colors) {
    Set<Color> taken = takenAround(shape);
    Color tint =
        colors.stream()
            .filter(color -> !taken.contains(color))
            .min(Comparator.comparingInt(color -> uses.getOrDefault(color, 0)))
            .orElse(colors.get(0));
    tints.put(shape, tint);
    uses.merge(tint, 1, Integer::sum);
    return tint;
  }

  private Set<Color> takenAround(Geometry shape) {
    PreparedGeometry prepared = PreparedGeometryFactory.prepare(shape);
    Set<Color> taken = new HashSet<>();
    tints.forEach((other, tint) -> {
      if (prepared.intersects(other)) {
        taken.add(tint);
      }
    });
    return taken;
  }
}
