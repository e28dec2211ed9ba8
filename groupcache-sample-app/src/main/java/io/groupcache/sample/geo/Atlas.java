package io.groupcache.sample.geo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Polygon;
import tools.jackson.databind.json.JsonMapper;

/**
 * The countries of the world, as Natural Earth draws them at a scale of 1:50 million. Immutable.
 *
 * @param lands all of them; none shares its code with another
 */
public record Atlas(List<Land> lands) {

  private static final String RESOURCE = "/atlas/countries-50m.json";

  /** Reads the atlas that comes with the app. */
  public static Atlas read() throws IOException {
    try (InputStream in = Atlas.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException("The class path has no " + RESOURCE);
      }
      return of(new TopoJson(JsonMapper.shared().readTree(in)).shapes("countries"));
    }
  }

  /** The land at a place, if it is not in the sea. */
  public Optional<Land> at(double latitude, double longitude) {
    return lands.stream().filter(land -> covers(land, latitude, longitude)).findFirst();
  }

  /** A shape may reach past 180° on either side, so the place is tried a turn away too. */
  private static boolean covers(Land land, double latitude, double longitude) {
    Envelope box = land.shape().getEnvelopeInternal();
    for (int turns = -1; turns <= 1; turns++) {
      Coordinate place = new Coordinate(longitude + 360 * turns, latitude);
      if (box.covers(place) && land.shape().covers(Unroller.FACTORY.createPoint(place))) {
        return true;
      }
    }
    return false;
  }

  private static Atlas of(List<TopoJson.Shape> shapes) {
    // Some shapes share a code: a territory comes after its country.
    Map<String, List<TopoJson.Shape>> byCode = new LinkedHashMap<>();
    for (TopoJson.Shape shape : shapes) {
      byCode.computeIfAbsent(shape.id().orElse(shape.name()), key -> new ArrayList<>()).add(shape);
    }
    return new Atlas(byCode.values().stream().map(Atlas::land).toList());
  }

  private static Land land(List<TopoJson.Shape> shapes) {
    List<Polygon> parts =
        shapes.stream()
            .flatMap(shape -> shape.polygons().stream())
            .flatMap(polygon -> Unroller.unroll(polygon).stream())
            .toList();
    TopoJson.Shape first = shapes.get(0);
    return new Land(first.id(), first.name(), WholeShape.of(parts));
  }
}
