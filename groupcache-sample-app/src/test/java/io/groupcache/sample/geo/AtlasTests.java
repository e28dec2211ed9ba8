package io.groupcache.sample.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Envelope;

class AtlasTests {

  private static Atlas atlas;

  @BeforeAll
  static void read() throws IOException {
    atlas = Atlas.read();
  }

  @Test
  void hasEveryCountryOnceWithAValidShape() {
    List<String> codes =
        atlas.lands().stream().flatMap(land -> land.numericCode().stream()).toList();

    assertThat(codes).hasSize(235).doesNotHaveDuplicates();
    assertThat(atlas.lands()).hasSize(240).allMatch(land -> land.shape().isValid(), "valid");
  }

  @ParameterizedTest
  @CsvSource({
    "Switzerland, 41285",
    "Lesotho, 30355",
    "Australia, 7688287",
    "Russia, 17098246",
    "Antarctica, 12300000"
  })
  void areasAreWithinAFewPercentOfThePublishedOnes(String name, double km2) {
    assertThat(Extent.of(land(name).shape()).areaKm2()).isCloseTo(km2, within(km2 * 0.02));
  }

  @Test
  void countryAcross180DegreesIsOnePiece() {
    Extent fiji = Extent.of(land("Fiji").shape());

    assertThat(fiji.west()).isCloseTo(174.6, within(0.1));
    assertThat(fiji.east()).isCloseTo(-178.3, within(0.1));
    assertThat(fiji.longitude()).isCloseTo(178.5, within(0.2));
    assertThat(land("Russia").shape().getEnvelopeInternal().getWidth()).isLessThan(172);
  }

  @Test
  void theShapeAroundAPoleReachesIt() {
    Envelope antarctica = land("Antarctica").shape().getEnvelopeInternal();

    assertThat(antarctica.getMinY()).isEqualTo(-90);
    assertThat(antarctica.getWidth()).isEqualTo(360);
  }

  @Test
  void enclaveIsAHoleInTheCountryAroundIt() {
    assertThat(atlas.at(-29.5, 28.2)).map(Land::name).contains("Lesotho");
  }

  @ParameterizedTest
  @CsvSource({
    "46.8, 8.2, Switzerland",
    "67, 179.9, Russia",
    "67, -179.9, Russia",
    "67, 180, Russia",
    "67, -180, Russia",
    "-16.65, 179.3, Fiji",
    "64, -150, United States of America",
    "-90, 0, Antarctica",
    "-89.9, 179.99, Antarctica"
  })
  void findsTheLandAtAPlace(double latitude, double longitude, String name) {
    assertThat(atlas.at(latitude, longitude)).map(Land::name).contains(name);
  }

  @ParameterizedTest
  @CsvSource({"0, -30", "70, -5", "-16.5, 100", "90, 0", "20, 180", "20, -180"})
  void findsNoLandAtSea(double latitude, double longitude) {
    assertThat(atlas.at(latitude, longitude)).isEqualTo(Optional.empty());
  }

  private static Land land(String name) {
    return atlas.lands().stream()
        .filter(land -> land.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
