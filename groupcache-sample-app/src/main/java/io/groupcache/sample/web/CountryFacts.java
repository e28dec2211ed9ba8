package io.groupcache.sample.web;

import io.groupcache.sample.country.BoundingBox;
import io.groupcache.sample.country.Country;
import org.jspecify.annotations.Nullable;

/**
 * A country as JSON.
 *
 * @param color the colour that it was given, if it was
 */
record CountryFacts(
    String alpha2,
    String alpha3,
    String numeric,
    String name,
    double areaKm2,
    Box boundingBox,
    Centre centre,
    @Nullable String color) {

  record Box(double west, double south, double east, double north) {}

  record Centre(double longitude, double latitude) {}

  static CountryFacts of(Country country) {
    BoundingBox box = country.getBox();
    return new CountryFacts(
        country.getAlpha2(),
        country.getAlpha3(),
        country.getNumeric(),
        country.getName(),
        country.getAreaKm2(),
        new Box(box.getWest(), box.getSouth(), box.getEast(), box.getNorth()),
        new Centre(country.getCentre().getLongitude(), country.getCentre().getLatitude()),
        country.getColor().isEmpty() ? null : country.getColor());
  }
}
