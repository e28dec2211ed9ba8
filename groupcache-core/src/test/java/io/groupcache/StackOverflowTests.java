package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.groupcache.singleflight.Caller;
import io.groupcache.singleflight.SingleFlight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stack may overflow anywhere: also where a flight has just begun, or is about to land. In a JVM
 * of its own, because where the stack ends while the JVM links a piece of code that code is broken
 * for good, and it may be another test's.
 */
@Timeout(120)
class StackOverflowTests {

  @ParameterizedTest
  @ValueSource(classes = {Overflows.class, OverflowsOfAWarmJvm.class})
  void leavesNoKeyStuck(Class<?> overflows) throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                overflows.getName())
            .inheritIO()
            .start();
    try {
      assertThat(jvm.waitFor(100, TimeUnit.SECONDS)).as("ended in time").isTrue();
      assertThat(jvm.exitValue()).isZero();
    } finally {
      jvm.destroyForcibly();
    }
  }

  static final class Overflows {

    private static final int RUNS = 30;

    public static void main(String[] args) throws Exception {
      for (int run = 0; run < RUNS; run++) {
        overflow();
      }
    }

    /** Gets whose getters get the next key, until the stack is at its end. */
    private static void overflow() throws Exception {
      AtomicInteger deepest = new AtomicInteger();
      GroupCache groupCache = new GroupCache(PeerPicker.none());
      Group group =
          groupCache.newGroup(
              "g",
              0,
              (context, key, dest) -> {
                if (key.isEmpty()) {
                  throw new IllegalStateException("on purpose");
                }
                if (context.attribute("shallow", Boolean.class).isEmpty()) {
                  deepest.set(Integer.parseInt(key));
                  groupCache.group("g").get(Integer.toString(deepest.get() + 1));
                }
                dest.setString(key);
              });
      assertThat(Background.run(() -> catchThrowable(() -> group.get("0"))).get()).isNotNull();

      GetContext shallow = GetContext.background().withAttribute("shallow", true);
      for (int key = 0; key <= deepest.get() + 1; key++) {
        GetContext inTime = shallow.withTimeout(Duration.ofSeconds(20));
        assertThat(group.get(inTime, Integer.toString(key), Sinks.string())).isEqualTo("" + key);
      }
      assertThatThrownBy(() -> group.get("")).isInstanceOf(LoadException.class);
    }
  }

  /**
   * Compiled code needs little of the stack. That is little for what has never run, and so is not
   * compiled: to land a load that has failed, when all before it went well.
   */
  static final class OverflowsOfAWarmJvm {

    private static final int LOADS = 200_000;
    private static final int RUNS = 60;
    private static final int LOADS_PER_RUN = 20;

    /** Made here: at the end of the stack it could not be linked. */
    private static final Callable<String> FAILING =
        () -> {
          throw new IllegalStateException("on purpose");
        };

    private final SingleFlight<Integer, String> flights = new SingleFlight<>();
    private final List<Integer> overflown = new ArrayList<>();
    private int failed;

    public static void main(String[] args) throws Exception {
      SingleFlight<Integer, String> warm = new SingleFlight<>();
      for (int i = 0; i < LOADS; i++) {
        warm.run(i, Caller.patient(), () -> "value");
      }
      for (int run = 0; run < RUNS; run++) {
        new OverflowsOfAWarmJvm().run(run);
      }
    }

    private void run(int run) throws Exception {
      Thread thread = new Thread(null, () -> dive(0), "deep", 300_000 + 112L * run);
      thread.start();
      thread.join();
      for (Integer key : overflown) {
        Caller me = Caller.within(TimeUnit.SECONDS.toNanos(5));
        assertThat(flights.run(key, me, () -> "value")).isEqualTo("value");
      }
    }

    /** Goes to the end of the stack, and on the way back loads until there is room to fail. */
    private void dive(int depth) {
      try {
        if (depth < Integer.MAX_VALUE) {
          dive(depth + 1);
        }
      } catch (StackOverflowError end) {
        failed = 0;
      }
      if (failed < LOADS_PER_RUN) {
        load(depth);
      }
    }

    private void load(int depth) {
      try {
        flights.run(depth, Caller.patient(), FAILING);
      } catch (StackOverflowError overflow) {
        overflown.add(depth);
      } catch (Exception onPurpose) {
        failed++;
      }
    }
  }
}
