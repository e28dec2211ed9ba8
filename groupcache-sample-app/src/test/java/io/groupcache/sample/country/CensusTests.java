package io.groupcache.sample.country;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.groupcache.sample.geo.Atlas;
import io.groupcache.sample.geo.Land;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CensusTests {

  @Test
  void countsEveryCountryThatHasACode() throws IOException {
    List<Country> countries = Census.of(Atlas.read()).toList();

    assertThat(countries).hasSize(235);
    assertThat(countries).extracting(Country::getAlpha2).doesNotHaveDuplicates();
    assertThat(countries).extracting(Country::getAlpha3).doesNotHaveDuplicates();
    assertThat(countries).allMatch(country -> country.getAreaKm2() > 0, "has an area");
  }

  @Test
  void hasAllCodesAndMeasuresOfACountry() throws IOException {
    Country country =
        Census.of(Atlas.read()).filter(c -> c.getAlpha2().equals("CH")).findFirst().orElseThrow();

    assertThat(country.getAlpha3()).isEqualTo("CHE");
    assertThat(country.getNumeric()).isEqualTo("756");
    assertThat(country.getName()).isEqualTo("Switzerland");
    assertThat(country.getAreaKm2()).isCloseTo(41285, within(500.0));
    assertThat(country.getBox().getWest()).isCloseTo(5.96, within(0.05));
    assertThat(country.getBox().getNorth()).isCloseTo(47.8, within(0.05));
    assertThat(country.getCentre().getLatitude()).isCloseTo(46.8, within(0.05));
    assertThat(country.getCentre().getLongitude()).isCloseTo(8.2, within(0.05));
  }

  @Test
  void codeThatIsNotAssignedIsRefused() throws IOException {
    Land land = Atlas.read().lands().get(0);
    Atlas atlas = new Atlas(List.of(new Land(Optional.of("001"), land.name(), land.shape())));

    assertThatIllegalArgumentException().isThrownBy(() -> Census.of(atlas).toList());
  }
}
