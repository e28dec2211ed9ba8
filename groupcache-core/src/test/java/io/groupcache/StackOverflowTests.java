package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stack may overflow anywhere: also where a flight has just begun, or is about to land. */
@Timeout(120)
class StackOverflowTests {

  private static final int RUNS = 30;

  @Test
  void leavesNoKeyStuck() throws Exception {
    for (int run = 0; run < RUNS; run++) {
      AtomicInteger deepest = new AtomicInteger();
      GroupCache groupCache = new GroupCache(PeerPicker.none());
      Group group =
          groupCache.newGroup(
              "g",
              0,
              (context, key, dest) -> {
                if (context.attribute("shallow", Boolean.class).isEmpty()) {
                  deepest.set(Integer.parseInt(key));
                  groupCache.group("g").get(Integer.toString(deepest.get() + 1));
                }
                dest.setString(key);
              });
      assertThat(Background.run(() -> catchThrowable(() -> group.get("0"))).get()).isNotNull();

      GetContext shallow =
          GetContext.background().withTimeout(Duration.ofSeconds(2)).withAttribute("shallow", true);
      for (int key = 0; key <= deepest.get() + 1; key++) {
        assertThat(group.get(shallow, Integer.toString(key), Sinks.string())).isEqualTo("" + key);
      }
    }
  }
}
