package io.groupcache.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who hears of flights that land together, and when. */
@Timeout(20)
class ArrivalsTests {

  private final SingleFlight<String, String> flights = new SingleFlight<>();
  private final Landings<String, String> landings = new Landings<>(Caller.patient());
  private final Arrivals arrivals = new Arrivals();
  private final List<String> heard = new ArrayList<>();

  @Test
  void whoWaitsHearsOfAllAtOnce() {
    flights.board(
        List.of("a", "b", "c"),
        landings,
        (caller, mine) ->
            mine.forEach(flight -> {
              flight.begin(caller);
              arrivals.add(flight, flight.key() + "!");
            }));

    landings.await(
        new Heard() {
          @Override
          public void waiting() {
            assertThat(heard).isEmpty();
            assertThat(arrivals.size()).isEqualTo(3);
            arrivals.tell();
          }
        });

    assertThat(heard).containsExactly("a!", "b!", "c!");
    assertThat(arrivals.size()).isZero();
  }

  @Test
  void whatHasLandedOtherwiseStaysAsItIs() {
    flights.board(
        List.of("a"),
        landings,
        (caller, mine) -> {
          mine.get(0).begin(caller);
          mine.get(0).succeed("first");
          arrivals.add(mine.get(0), "second");
          arrivals.tell();
        });

    landings.await(new Heard());
    assertThat(heard).containsExactly("first");
  }

  /** Writes down what it hears of. */
  private class Heard implements Landings.Listener<String, String> {

    @Override
    public void succeeded(String key, String result) {
      heard.add(result);
    }

    @Override
    public void failed(String key, Throwable failure) {
      heard.add(key + " failed: " + failure);
    }
  }
}
