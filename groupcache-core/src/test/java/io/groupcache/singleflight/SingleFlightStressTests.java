package io.groupcache.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Background;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many short flights, some of which need others, always in one direction: all of them land. */
@Timeout(60)
class SingleFlightStressTests {

  private final SingleFlight<Integer, Integer> flights = new SingleFlight<>();

  @Test
  void chainsThatDoNotCloseAreNeverRefused() throws Exception {
    List<Background<Integer>> callers = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      callers.add(
          Background.run(() -> {
            int right = 0;
            for (int i = 0; i < 20_000; i++) {
              int key = random.nextInt(6);
              right += sumUpTo(key) == key * (key + 1) / 2 ? 1 : 0;
            }
            return right;
          }));
    }
    for (Background<Integer> caller : callers) {
      assertThat(caller.get()).isEqualTo(20_000);
    }
  }

  /** Needs the next lower key, whose flight another thread may lead. */
  private int sumUpTo(int key) throws Exception {
    return flights.run(key, Caller.patient(), () -> key == 0 ? 0 : key + sumUpTo(key - 1));
  }
}
