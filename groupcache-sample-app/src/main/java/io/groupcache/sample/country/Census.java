package io.groupcache.sample.country;

import com.neovisionaries.i18n.CountryCode;
import io.groupcache.sample.geo.Atlas;
import io.groupcache.sample.geo.Extent;
import io.groupcache.sample.geo.Land;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes stock of the countries of an atlas. */
public final class Census {

  private Census() {}

  /** All countries that have an ISO 3166-1 code; a few disputed lands have none. */
  public static Stream<Country> of(Atlas atlas) {
    return atlas.lands().stream().flatMap(land -> country(land).stream());
  }

  private static Optional<Country> country(Land land) {
    return land.numericCode().map(numeric -> country(numeric, land));
  }

  private static Country country(String numeric, Land land) {
    CountryCode code = CountryCode.getByCode(Integer.parseInt(numeric));
    if (code == null) {
      throw new IllegalArgumentException("ISO 3166-1 has no code " + numeric);
    }
    Extent extent = Extent.of(land.shape());
    return Country.newBuilder()
        .setAlpha2(code.getAlpha2())
        .setAlpha3(code.getAlpha3())
        .setNumeric(numeric)
        .setName(land.name())
        .setAreaKm2(extent.areaKm2())
        .setBox(
            BoundingBox.newBuilder()
                .setWest(extent.west())
                .setSouth(extent.south())
                .setEast(extent.east())
                .setNorth(extent.north()))
        .setCentre(
            Place.newBuilder().setLongitude(extent.longitude()).setLatitude(extent.latitude()))
        .build();
  }
}
