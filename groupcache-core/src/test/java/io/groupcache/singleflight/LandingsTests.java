package io.groupcache.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LandingsTests {

  private final SingleFlight<String, String> flights = new SingleFlight<>();
  private final List<Flight<String, String>> underWay = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void whatIsQueuedWhileTheListenerIsToldOfTheWaitIsFlownAtOnce() {
    flights.board(
        List.of("k"), new Landings<>(Caller.patient()), (caller, all) -> beginAll(caller, all));
    Landings<String, String> landings = new Landings<>(Caller.patient());
    flights.board(
        List.of("k"), landings, (caller, all) -> all.forEach(flight -> flight.succeed("flown")));

    landings.await(
        new Landings.Listener<String, String>() {
          @Override
          public void succeeded(String key, String result) {
            told.add(key + " " + result);
          }

          @Override
          public void failed(String key, Throwable failure) {
            told.add(key + " " + failure);
          }

          @Override
          public void waiting() {
            underWay.get(0).queue();
            LockSupport.parkNanos(1); // as whatever waits in here, it uses up the wake-up
          }
        });

    assertThat(told).containsExactly("k flown");
  }

  private void beginAll(Caller caller, List<Flight<String, String>> all) {
    for (Flight<String, String> flight : all) {
      flight.begin(caller);
      flight.handOver();
      underWay.add(flight);
    }
  }
}
