package io.groupcache.sample.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import tools.jackson.databind.json.JsonMapper;

class TopoJsonTests {

  private static final String TWO_SQUARES =
      """
      {
        "type": "Topology",
        "transform": {"scale": [2, 10], "translate": [100, -50]},
        "objects": {"squares": {"type": "GeometryCollection", "geometries": [
          {"type": "Polygon", "id": "1", "properties": {"name": "west"}, "arcs": [[0, 1]]},
          {"type": "%s", "properties": {"name": "east"}, "arcs": [[[-1, 2]]]}
        ]}},
        "arcs": [[[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]]
      }
      """;

  @Test
  void arcsAreStepsOnAGridAndRunBothWays() {
    var shapes = read(TWO_SQUARES.formatted("MultiPolygon")).shapes("squares");

    assertThat(shapes).extracting(TopoJson.Shape::name).containsExactly("west", "east");
    assertThat(shapes.get(0).id()).contains("1");
    assertThat(shapes.get(1).id()).isEmpty();
    assertThat(shapes.get(0).polygons().get(0).get(0))
        .containsExactly(at(102, -50), at(102, -40), at(100, -40), at(100, -50), at(102, -50));
    assertThat(shapes.get(1).polygons().get(0).get(0))
        .containsExactly(at(102, -40), at(102, -50), at(104, -50), at(104, -40), at(102, -40));
  }

  @Test
  void whatIsNoPolygonIsRefused() {
    TopoJson lines = read(TWO_SQUARES.formatted("LineString"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> lines.shapes("squares"))
        .withMessageContaining("LineString");
  }

  private static TopoJson read(String json) {
    return new TopoJson(JsonMapper.shared().readTree(json));
  }

  private static Coordinate at(double x, double y) {
    return new Coordinate(x, y);
  }
}
