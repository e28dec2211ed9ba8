package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTests {

  private final Watchdog watchdog = new Watchdog();

  @AfterEach
  void close() {
    watchdog.close();
  }

  @Test
  void whoIsLateIsToldSoAgainAndAgain() throws InterruptedException {
    Sheep sheep = new Sheep(Duration.ofMillis(1), 3);
    watchdog.watch(sheep);
    assertThat(sheep.isLate()).isTrue();
  }

  @Test
  void whoHasLessTimeThanAllOthersIsNotOverlooked() throws InterruptedException {
    Sheep patient = new Sheep(Duration.ofHours(1), 1);
    watchdog.watch(patient);
    for (int i = 0; i < 50; i++) {
      Sheep hasty = new Sheep(Duration.ofMillis(2), 1);
      watchdog.watch(hasty);
      assertThat(hasty.isLate()).isTrue();
      watchdog.forget(hasty);
    }
    assertThat(patient.late.getCount()).isOne();
  }

  @Test
  void aDeadlineThatHasBecomeAnEarlierOneIsKept() throws InterruptedException {
    Sheep sheep = new Sheep(Duration.ofHours(1), 1);
    watchdog.watch(sheep);
    sheep.deadline = System.nanoTime();
    watchdog.hurry(sheep);
    assertThat(sheep.isLate()).isTrue();
  }

  @Test
  void whoIsForgottenIsLeftAlone() throws InterruptedException {
    Sheep forgotten = new Sheep(Duration.ofHours(1), 1);
    watchdog.watch(forgotten);
    watchdog.forget(forgotten);
    forgotten.deadline = System.nanoTime();
    Sheep other = new Sheep(Duration.ofMillis(1), 2); // twice: all were looked at in between
    watchdog.watch(other);
    assertThat(other.isLate()).isTrue();
    assertThat(forgotten.late.getCount()).isOne();
  }

  @Test
  void aFailureOfOneLeavesTheOthersWatched() throws InterruptedException {
    List<Sheep> flock =
        new ArrayList<>(
            IntStream.range(0, 20).mapToObj(i -> new Sheep(Duration.ofMillis(1), 2)).toList());
    flock.get(7).failure = new IllegalStateException("meant");
    flock.forEach(watchdog::watch);
    for (Sheep sheep : flock) {
      assertThat(sheep.isLate()).isTrue();
    }
  }

  private static final class Sheep implements Watchdog.Watched {

    final CountDownLatch late;
    volatile long deadline;
    volatile @Nullable RuntimeException failure;

    Sheep(Duration time, int times) {
      deadline = System.nanoTime() + time.toNanos();
      late = new CountDownLatch(times);
    }

    boolean isLate() throws InterruptedException {
      return late.await(30, TimeUnit.SECONDS);
    }

    @Override
    public long deadline() {
      return deadline;
    }

    @Override
    public void late() {
      deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
      late.countDown();
      RuntimeException meant = failure;
      if (meant != null) {
        throw meant;
      }
    }
  }
}
