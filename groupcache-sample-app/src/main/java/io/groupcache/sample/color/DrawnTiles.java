package io.groupcache.sample.color;

import io.groupcache.sample.tile.TileKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table of the tiles that any peer has ever drawn: no other can be in a cache. There could be
 * 1.4 million tiles, far too many to remove from the ring whenever a large country changes. Safe
 * for use from many threads.
 */
@Repository
public class DrawnTiles {

  private final JdbcClient database;

  /** Makes a repository in a database that has the table. */
  public DrawnTiles(JdbcClient database) {
    this.database = database;
  }

  /** Adds a tile, unless it is there. */
  public void add(TileKey tile) {
    try {
      database.sql("INSERT INTO drawn_tile VALUES (?)").param(tile.toString()).update();
    } catch (DuplicateKeyException e) {
      // It was drawn before, and then evicted or removed.
    }
  }

  /** The tiles that match. */
  public List<TileKey> find(Predicate<TileKey> condition) {
    try (Stream<TileKey> tiles =
        database.sql("SELECT tile FROM drawn_tile").query(DrawnTiles::tile).stream()) {
      return tiles.filter(condition).toList();
    }
  }

  private static TileKey tile(ResultSet row, int number) throws SQLException {
    return TileKey.parse(row.getString("tile")).orElseThrow();
  }
}
