package io.groupcache.sample.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.groupcache.ChangeListener;
import io.groupcache.GetContext;
import io.groupcache.Group;
import io.groupcache.KeyNotFoundException;
import io.groupcache.Source;
import io.groupcache.sample.country.CountryRepository;
import io.groupcache.sample.country.HexColor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
@Timeout(60)
class ColorChangesTests {

  private static final String SWITZERLAND = "6/33/22";
  private static final String AUSTRIA = "6/34/22";
  private static final HexColor TEAL = new HexColor(0x7fc8b8);

  @Autowired private ColorChanges changes;
  @Autowired private ColorChangeLog log;
  @Autowired private CountryRepository repository;
  @Autowired private JdbcClient database;
  @Autowired private Observations observations;

  @Autowired
  @Qualifier("tiles")
  private Group tiles;

  @Autowired
  @Qualifier("countries")
  private Group countries;

  /**
   * What others can see when all peers have forgotten values of a group.
   *
   * @param color the colour of Switzerland, if it was given one
   * @param change the country that was the last to change, as pages see it
   */
  record Observation(Optional<HexColor> color, Optional<String> change) {}

  record Observations(Map<String, Observation> byGroup) {}

  @TestConfiguration(proxyBeanMethods = false)
  static class Listening {

    @Bean
    Observations observations() {
      return new Observations(new ConcurrentHashMap<>());
    }

    @Bean
    ChangeListener observer(
        Observations observations,
        ObjectProvider<CountryRepository> repository,
        ObjectProvider<ColorChangeLog> log) {
      return (group, invalidation) ->
          observations
              .byGroup()
              .put(
                  group,
                  new Observation(
                      Optional.ofNullable(repository.getObject().colors().get("756")),
                      log.getObject().latest().map(ColorChangeLog.Entry::country)));
    }
  }

  @BeforeEach
  void forget() {
    database.sql("DELETE FROM color_change").update();
    database.sql("DELETE FROM drawn_tile").update();
    database.sql("UPDATE country SET color = NULL").update();
    tiles.clear();
    countries.clear();
    observations.byGroup().clear();
  }

  @Test
  void onlyTilesThatShowTheCountryAreForgotten() {
    get(tiles, SWITZERLAND);
    get(tiles, AUSTRIA);

    ColorChanges.Result result = changes.change("CH", Optional.of(TEAL));

    assertThat(result.tiles()).isOne();
    assertThat(result.pending()).isEmpty();
    assertThat(get(tiles, SWITZERLAND)).isEqualTo(Source.LOAD);
    assertThat(get(tiles, AUSTRIA)).isEqualTo(Source.MAIN);
  }

  @Test
  void factsAreForgottenUnderEachOfTheCodesAndThoseOfOthersAreNot() {
    for (String code : new String[] {"CH", "CHE", "756", "AT"}) {
      get(countries, code);
    }

    changes.change("CHE", Optional.of(TEAL));

    assertThat(get(countries, "CH")).isEqualTo(Source.LOAD);
    assertThat(get(countries, "CHE")).isEqualTo(Source.LOAD);
    assertThat(get(countries, "756")).isEqualTo(Source.LOAD);
    assertThat(get(countries, "AT")).isEqualTo(Source.MAIN);
  }

  @Test
  void peersForgetOnceTheColorIsInTheDatabaseAndPagesLearnOfItLast() {
    get(tiles, SWITZERLAND);

    changes.change("CH", Optional.of(TEAL));

    Observation inBetween = new Observation(Optional.of(TEAL), Optional.empty());
    assertThat(observations.byGroup())
        .containsExactlyInAnyOrderEntriesOf(Map.of("tiles", inBetween, "countries", inBetween));
    assertThat(log.latest()).map(ColorChangeLog.Entry::country).contains("Switzerland");
  }

  @Test
  void eachChangeIsAnotherOne() {
    changes.change("CH", Optional.of(TEAL));
    long first = log.latest().orElseThrow().id();

    changes.change("CH", Optional.empty());

    assertThat(log.latest().orElseThrow().id()).isGreaterThan(first);
    assertThat(repository.colors()).isEmpty();
  }

  @Test
  void unknownCountryChangesNothing() {
    assertThatExceptionOfType(KeyNotFoundException.class)
        .isThrownBy(() -> changes.change("XX", Optional.of(TEAL)));

    assertThat(log.latest()).isEmpty();
    assertThat(observations.byGroup()).isEmpty();
  }

  private static Source get(Group group, String key) {
    return group.getResult(GetContext.background(), key).source();
  }
}
