package io.groupcache.sample.tile;

import java.awt.Color;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Geometry;

/**
 * A land as the map shows it.
 *
 * @param numericCode its ISO 3166-1 numeric code, if it has one
 * @param shape its land on the map of side 1
 * @param tint the colour that the map gives it, which none of its neighbours has
 * @param name its name
 */
record MapLand(Optional<String> numericCode, Geometry shape, Color tint, MapName name) {

  /** Its colour, where some have been given others than the map's, by their codes. */
  Color color(Map<String, Color> given) {
    return numericCode.map(given::get).orElse(tint);
  }
}
