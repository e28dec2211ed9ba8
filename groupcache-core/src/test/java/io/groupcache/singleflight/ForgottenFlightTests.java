package io.groupcache.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ForgottenFlightTests {

  private final SingleFlight<String, String> flights = new SingleFlight<>();

  @Test
  void itStillLandsForThoseWhoWaitAndTakesNoLaterOneWithIt() throws Exception {
    Flight<String, String> forgotten = begun();
    flights.forget("k");
    Flight<String, String> later = begun();
    assertThat(later).isNotSameAs(forgotten);

    forgotten.succeed("old");

    assertThat(forgotten.result()).isEqualTo("old");
    assertThat(flights.join("k", Caller.patient())).isSameAs(later);
  }

  @Test
  void oneThatHasYetToBeginIsAsGoodAsNew() {
    Flight<String, String> waiting = flights.join("k", Caller.patient());

    flights.forget("k");
    flights.forgetAll();

    assertThat(flights.join("k", Caller.patient())).isSameAs(waiting);
  }

  @Test
  void allAreForgottenAtOnce() {
    begun();

    flights.forgetAll();

    assertThat(flights.isUnderWay("k")).isFalse();
  }

  private Flight<String, String> begun() {
    Flight<String, String> flight = flights.join("k", Caller.patient());
    assertThat(flight.begin()).isTrue();
    return flight;
  }
}
