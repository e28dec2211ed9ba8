package io.groupcache.sample.geo;

import java.util.Optional;
import org.locationtech.jts.geom.Geometry;

/**
 * A country, or a territory, on the map.
 *
 * @param numericCode its ISO 3166-1 numeric code such as {@code 756}, which a few disputed ones
 *     lack
 * @param name its name in English, at times abbreviated
 * @param shape its land in degrees, x east and y north; x goes past 180 rather than jump
 */
public record Land(Optional<String> numericCode, String name, Geometry shape) {}
