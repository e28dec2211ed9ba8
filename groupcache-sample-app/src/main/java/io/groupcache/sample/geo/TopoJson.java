package io.groupcache.sample.geo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateList;
import tools.jackson.databind.JsonNode;

/**
 * Reads the shapes of a <a href="https://github.com/topojson/topojson-specification">TopoJSON</a>
 * document: polygons and multi-polygons, whose common borders are stored once, as arcs.
 */
final class TopoJson {

  private final JsonNode document;
  private final List<Coordinate[]> arcs = new ArrayList<>();

  TopoJson(JsonNode document) {
    this.document = document;
    document.required("arcs").forEach(arc -> arcs.add(decode(arc)));
  }

  /** A shape as it is on the globe: polygons of rings, the first of them the outer one. */
  record Shape(Optional<String> id, String name, List<List<Coordinate[]>> polygons) {}

  /** The shapes of the document's object of that name. */
  List<Shape> shapes(String object) {
    List<Shape> shapes = new ArrayList<>();
    document
        .required("objects")
        .required(object)
        .required("geometries")
        .forEach(geometry -> shapes.add(shape(geometry)));
    return shapes;
  }

  private Shape shape(JsonNode geometry) {
    JsonNode arcs = geometry.required("arcs");
    List<List<Coordinate[]>> polygons = new ArrayList<>();
    String type = geometry.required("type").asString();
    switch (type) {
      case "Polygon" -> polygons.add(polygon(arcs));
      case "MultiPolygon" -> arcs.forEach(polygon -> polygons.add(polygon(polygon)));
      default -> throw new IllegalArgumentException("A shape can't be a " + type);
    }
    return new Shape(
        Optional.ofNullable(geometry.get("id")).map(JsonNode::asString),
        geometry.required("properties").required("name").asString(),
        polygons);
  }

  private List<Coordinate[]> polygon(JsonNode rings) {
    List<Coordinate[]> polygon = new ArrayList<>();
    rings.forEach(ring -> polygon.add(ring(ring)));
    return polygon;
  }

  /** Joins arcs; a negative number is the arc of its complement, walked backwards. */
  private Coordinate[] ring(JsonNode numbers) {
    CoordinateList ring = new CoordinateList();
    for (JsonNode number : numbers) {
      int i = number.asInt();
      ring.add(arcs.get(i < 0 ? ~i : i), false, i >= 0);
    }
    ring.closeRing();
    return ring.toCoordinateArray();
  }

  /** Each point of an arc is a step from the one before it, in whole units of the grid. */
  private Coordinate[] decode(JsonNode steps) {
    JsonNode scale = document.required("transform").required("scale");
    JsonNode origin = document.required("transform").required("translate");
    Coordinate[] arc = new Coordinate[steps.size()];
    long x = 0;
    long y = 0;
    for (int i = 0; i < arc.length; i++) {
      x += steps.get(i).get(0).asLong();
      y += steps.get(i).get(1).asLong();
      arc[i] =
          new Coordinate(
              x * scale.get(0).asDouble() + origin.get(0).asDouble(),
              y * scale.get(1).asDouble() + origin.get(1).asDouble());
    }
    return arc;
  }
}
