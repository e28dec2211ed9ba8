package io.groupcache.sample.color;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.sample.tile.TileKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

class DrawnTilesTests {

  private static final TileKey DEEPEST = new TileKey(10, 1023, 1023);

  private EmbeddedDatabase database;
  private DrawnTiles drawnTiles;

  @BeforeEach
  void open() {
    database =
        new EmbeddedDatabaseBuilder()
            .setType(EmbeddedDatabaseType.H2)
            .generateUniqueName(true)
            .addScript("schema.sql")
            .build();
    drawnTiles = new DrawnTiles(JdbcClient.create(database));
  }

  @AfterEach
  void shutdown() {
    database.shutdown();
  }

  @Test
  void findsTheTilesThatMatch() {
    drawnTiles.add(new TileKey(0, 0, 0));
    drawnTiles.add(DEEPEST);

    assertThat(drawnTiles.find(tile -> tile.zoom() > 0)).containsExactly(DEEPEST);
    assertThat(drawnTiles.find(tile -> true)).hasSize(2);
  }

  @Test
  void aTileThatIsDrawnAgainIsThereOnce() {
    drawnTiles.add(DEEPEST);
    drawnTiles.add(DEEPEST);

    assertThat(drawnTiles.find(tile -> true)).containsExactly(DEEPEST);
  }
}
