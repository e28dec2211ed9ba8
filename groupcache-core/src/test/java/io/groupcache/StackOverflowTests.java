package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stack may overflow anywhere: also where a flight has just begun, or is about to land. In a JVM
 * of its own, because where the stack ends while the JVM links a piece of code that code is broken
 * for good, and it may be another test's.
 */
@Timeout(120)
class StackOverflowTests {

  @Test
  void leavesNoKeyStuck() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Overflows.class.getName())
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
}
