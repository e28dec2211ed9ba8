package io.groupcache.sample.tile;

import java.awt.Color;
import org.locationtech.jts.geom.Geometry;

/**
 * A land as the map shows it.
 *
 * @param shape its land on the map of side 1
 * @param tint its colour, which none of its neighbours has
 * @param name its name
 */
record MapLand(Geometry shape, Color tint, MapName name) {}
