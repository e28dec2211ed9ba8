package io.groupcache.spring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class VitalsTests {

  @Test
  void threadsOfAPoolAreCountedTogether() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 1; i <= 2; i++) {
      Thread thread = new Thread(() -> await(end), "vitals-7-of-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    try {
      assertThat(Vitals.ofThisProcess().pools()).containsEntry("vitals-#-of-#", 2);
    } finally {
      end.countDown();
    }
  }

  @Test
  void textSaysEverything() {
    Vitals vitals = new Vitals(Map.of("Reference Handler", 1, "exec-#", 64), 12);

    assertThat(Vitals.parse(vitals.toString())).isEqualTo(vitals);
    assertThat(Vitals.parse(Vitals.NONE.toString())).isEqualTo(Vitals.NONE);
  }

  @Test
  void aPoolThatHasShrunkHidesNoneThatHasGrown() {
    Vitals then = new Vitals(Map.of("shrinks", 5, "grows", 1, "stays", 2), 0);
    Vitals now = new Vitals(Map.of("shrinks", 1, "grows", 2, "stays", 2, "comes", 1), 0);

    assertThat(now.threadsMoreThan(then)).isEqualTo(Map.of("grows", 1, "comes", 1));
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
