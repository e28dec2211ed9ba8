package io.groupcache.sample.country;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

class CountryRepositoryTests {

  private static final Country FIJI =
      Country.newBuilder()
          .setAlpha2("FJ")
          .setAlpha3("FJI")
          .setNumeric("242")
          .setName("Fiji – Viti")
          .setAreaKm2(18274.25)
          .setBox(BoundingBox.newBuilder().setWest(174.5).setSouth(-21).setEast(-178).setNorth(-12))
          .setCentre(Place.newBuilder().setLongitude(178.5).setLatitude(-17.4))
          .build();

  private static final HexColor CORAL = new HexColor(0xee9c8b);

  private EmbeddedDatabase database;
  private CountryRepository repository;

  @BeforeEach
  void fill() {
    database =
        new EmbeddedDatabaseBuilder()
            .setType(EmbeddedDatabaseType.H2)
            .generateUniqueName(true)
            .addScript("schema.sql")
            .build();
    repository = new CountryRepository(JdbcClient.create(database));
    repository.insertIfAbsent(FIJI);
  }

  @AfterEach
  void shutdown() {
    database.shutdown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FJ", "FJI", "242"})
  void findsARowByEachOfItsCodes(String code) {
    assertThat(repository.findByCode(code)).contains(FIJI);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "F", "fj", "FJ ", "XX", "24", "' OR '1' = '1", "%"})
  void findsNothingByAnythingElse(String code) {
    assertThat(repository.findByCode(code)).isEmpty();
  }

  @Test
  void aCountryThatIsThereStaysAsItIs() {
    repository.updateColor("FJ", Optional.of(CORAL));

    repository.insertIfAbsent(FIJI);

    assertThat(repository.colors()).containsExactly(Map.entry("242", CORAL));
  }

  @Test
  void aCountryHasTheColorThatItWasGiven() {
    assertThat(repository.colors()).isEmpty();

    repository.updateColor("FJ", Optional.of(CORAL));

    assertThat(repository.colors()).containsExactly(Map.entry("242", CORAL));
    assertThat(repository.findByCode("FJI")).map(Country::getColor).contains("#ee9c8b");
  }

  @Test
  void aColorCanBeTakenBack() {
    repository.updateColor("FJ", Optional.of(CORAL));

    repository.updateColor("FJ", Optional.empty());

    assertThat(repository.colors()).isEmpty();
    assertThat(repository.findByCode("FJ")).contains(FIJI);
  }

  @Test
  void bytesOfARowAreThatRow() throws InvalidProtocolBufferException {
    Country found = repository.findByCode("FJ").orElseThrow();

    assertThat(Country.parseFrom(found.toByteArray())).isEqualTo(FIJI);
  }
}
