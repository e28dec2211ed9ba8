package io.groupcache.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.groupcache.Background;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stack may overflow anywhere: also where a flight has just begun, or is about to land. */
@Timeout(60)
class StackOverflowTests {

  private static final int RUNS = 60;
  private static final int DEEPEST = 200_000;
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

  @Test
  void leavesNoKeyStuck() throws Exception {
    for (int run = 0; run < RUNS; run++) {
      Nest nest = new Nest();
      assertThat(Background.run(() -> catchThrowable(() -> nest.load(0))).get())
          .isInstanceOf(StackOverflowError.class);

      for (int key = 0; key <= nest.deepest; key++) {
        assertThat(nest.flights.run(key, PATIENCE, () -> "usable")).isEqualTo("usable");
      }
    }
  }

  /** Work that needs the next key's, and so on until the stack is at its end. */
  private static final class Nest {

    final SingleFlight<Integer, String> flights = new SingleFlight<>();
    int deepest;

    String load(int key) throws Exception {
      deepest = key;
      return key == DEEPEST ? "" : flights.run(key, PATIENCE, () -> load(key + 1));
    }
  }
}
