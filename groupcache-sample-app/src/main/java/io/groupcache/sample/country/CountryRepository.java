package io.groupcache.sample.country;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
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

  /** The colours that countries were given, by their numeric codes. */
  public Map<String, HexColor> colors() {
    Map<String, HexColor> colors = new HashMap<>();
    database
        .sql("SELECT numeric3, color FROM country WHERE color IS NOT NULL")
        .query(row -> {
          HexColor color = HexColor.parse(row.getString("color")).orElseThrow();
          colors.put(row.getString("numeric3"), color);
        });
    return colors;
  }

  /**
   * Gives a country a colour; its own again if there is none.
   *
   * @param alpha2 its code, as {@code CH}
   */
  public void updateColor(String alpha2, Optional<HexColor> color) {
    database
        .sql("UPDATE country SET color = ? WHERE alpha2 = ?")
        .param(color.map(HexColor::toString).orElse(null))
        .param(alpha2)
        .update();
  }

  /** Adds a country, unless another peer has. */
  public void insertIfAbsent(Country country) {
    BoundingBox box = country.getBox();
    try {
      database
          .sql("INSERT INTO country VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)")
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
    } catch (DuplicateKeyException e) {
      // It is there.
    }
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
        .setColor(Objects.requireNonNullElse(row.getString("color"), ""))
        .build();
  }
}
