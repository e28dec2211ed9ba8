package io.groupcache.sample.tile;

import io.groupcache.sample.geo.Atlas;
import io.groupcache.sample.geo.Land;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;

/** The world projected and ready to draw, with an index to find what a tile shows. Immutable. */
public final class WorldMap {

  private static final Envelope WHOLE = new Envelope(0, 1, 0, 1);

  private final List<MapLand> lands = new ArrayList<>();
  private final STRtree index = new STRtree();

  /** Makes the map of an atlas. */
  public WorldMap(Atlas atlas) throws IOException {
    Lettering lettering = new Lettering();
    Tints tints = new Tints();
    for (Land land : atlas.lands()) {
      Geometry shape = MapShape.of(land.shape());
      NamePlace place = NamePlace.in(MapShape.clip(shape, WHOLE));
      MapName name = new MapName(lettering.outline(land.name()), place);
      lands.add(new MapLand(land.numericCode(), shape, tints.next(shape, Palette.LANDS), name));
      index.insert(shape.getEnvelopeInternal(), lands.get(lands.size() - 1));
    }
    landsIn(WHOLE); // the first query finishes the index, and the others come from many threads
  }

  /**
   * Whether a tile shows a country: others look the same whatever its colour is.
   *
   * @param numericCode the country's ISO 3166-1 numeric code
   * @throws IllegalArgumentException when the map has no such country
   */
  public Predicate<TileKey> tilesShowing(String numericCode) {
    Geometry shape =
        lands.stream()
            .filter(land -> land.numericCode().equals(Optional.of(numericCode)))
            .map(MapLand::shape)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("No country has code " + numericCode));
    PreparedGeometry prepared = PreparedGeometryFactory.prepare(shape);
    return tile -> {
      Envelope box = new TileFrame(tile).visibleBox();
      return prepared.intersects(shape.getFactory().toGeometry(box));
    };
  }

  /** The lands that may reach into a box. */
  List<MapLand> landsIn(Envelope box) {
    List<MapLand> found = new ArrayList<>();
    index.query(box, land -> found.add((MapLand) land));
    return found;
  }

  /** All names: a name may reach into a tile where its land does not. */
  List<MapName> names() {
    return lands.stream().map(MapLand::name).toList();
  }
}
