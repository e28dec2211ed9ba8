package io.groupcache.sample.country;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of countries. Safe for use from many threads. */
public final class CountryRepository {

  private final JdbcClient database;

  /** Makes a repository in a database that has the table. */
  public CountryRepository(JdbcClient database) {
    this.database = database;
  }

  /**
   * The country of that code.
   *
   * @param code an ISO 3166-1 code: alpha-2 as {@code CH}, alpha-3 as {@code CHE}, or numeric as
   *     {@code 756}
   */
  public Optional<Country> findByCode(String code) {
    return database
        .sql("SELECT * FROM country WHERE alpha2 = :code OR alpha3 = :code OR numeric3 = :code")
        .param("code", code)
        .query((row, number) -> country(row))
        .optional();
  }

  /** Adds a country. */
  public void insert(Country country) {
    BoundingBox box = country.getBox();
    database
        .sql("INSERT INTO country VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            country.getAlpha2(),
            country.getAlpha3(),
            country.getNumeric(),
            country.getName(),
            country.getAreaKm2(),
            box.getWest(),
            box.getSouth(),
            box.getEast(),
            box.getNorth(),
            country.getCentre().getLongitude(),
            country.getCentre().getLatitude())
        .update();
  }

  private static Country country(ResultSet row) throws SQLException {
    return Country.newBuilder()
        .setAlpha2(row.getString("alpha2"))
        .setAlpha3(row.getString("alpha3"))
        .setNumeric(row.getString("numeric3"))
        .setName(row.getString("name"))
        .setAreaKm2(row.getDouble("area_km2"))
        .setBox(
            BoundingBox.newBuilder()
                .setWest(row.getDouble("west"))
                .setSouth(row.getDouble("south"))
                .setEast(row.getDouble("east"))
                .setNorth(row.getDouble("north")))
        .setCentre(
            Place.newBuilder()
                .setLongitude(row.getDouble("longitude"))
                .setLatitude(row.getDouble("latitude")))
        .build();
  }
}
