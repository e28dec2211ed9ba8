package io.groupcache.sample.color;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table of the changes of colour that visitors of all peers have made, from which their pages
 * learn of them. Safe for use from many threads.
 */
@Repository
public class ColorChangeLog {

  private final JdbcClient database;

  /** Makes a repository in a database that has the tables. */
  public ColorChangeLog(JdbcClient database) {
    this.database = database;
  }

  /**
   * A change.
   *
   * @param id greater than that of each change before
   * @param country the name of the country that has changed its colour
   */
  public record Entry(long id, String country) {}

  /** Adds a change. */
  public void add(String alpha2) {
    database.sql("INSERT INTO color_change (alpha2) VALUES (?)").param(alpha2).update();
  }

  /** The last change, if there is any. */
  public Optional<Entry> latest() {
    return database
        .sql(
            "SELECT id, name AS country FROM color_change JOIN country USING (alpha2)"
                + " ORDER BY id DESC LIMIT 1")
        .query(Entry.class)
        .optional();
  }
}
