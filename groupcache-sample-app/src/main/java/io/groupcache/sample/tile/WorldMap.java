package io.groupcache.sample.tile;

import io.groupcache.sample.geo.Atlas;
import io.groupcache.sample.geo.Land;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
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
      lands.add(new MapLand(shape, tints.next(shape, Palette.LANDS), name));
      index.insert(shape.getEnvelopeInternal(), lands.get(lands.size() - 1));
    }
    landsIn(WHOLE); // the first query finishes the index, and the others come from many threads
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
