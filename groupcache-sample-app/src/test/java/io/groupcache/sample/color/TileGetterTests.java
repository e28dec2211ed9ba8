package io.groupcache.sample.color;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.Sink;
import io.groupcache.sample.country.HexColor;
import io.groupcache.sample.geo.Atlas;
import io.groupcache.sample.tile.TileKey;
import io.groupcache.sample.tile.TileRenderer;
import io.groupcache.sample.tile.WorldMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

class TileGetterTests {

  /** Else a change of colour in between would not find the tile, which would stay as it is. */
  @Test
  void aTileIsInTheTableBeforeItsColorsAreRead() throws IOException {
    EmbeddedDatabase database =
        new EmbeddedDatabaseBuilder()
            .setType(EmbeddedDatabaseType.H2)
            .generateUniqueName(true)
            .addScript("schema.sql")
            .build();
    DrawnTiles drawnTiles = new DrawnTiles(JdbcClient.create(database));
    List<TileKey> drawnWhenColorsAreRead = new ArrayList<>();
    TileRenderer renderer = new TileRenderer(new WorldMap(Atlas.read()));
    TileGetter getter =
        new TileGetter(
            renderer,
            drawnTiles,
            () -> {
              drawnWhenColorsAreRead.addAll(drawnTiles.find(tile -> true));
              return Map.of("756", new HexColor(0x7fc8b8));
            });

    getter.get(GetContext.background(), "6/33/22", Mockito.mock(Sink.class));

    assertThat(drawnWhenColorsAreRead).containsExactly(new TileKey(6, 33, 22));
    database.shutdown();
  }
}
