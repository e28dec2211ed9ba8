package io.groupcache.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.groupcache.ByteView;
import io.groupcache.GroupOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimePolicyTests {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final ByteView VALUE = ByteView.of("v");

  @ParameterizedTest
  @CsvSource({"0, 0.5, 1", "0.1, 0, 1", "0.1, 0.5, 0.95", "0.1, 1, 0.9", "1, 0.5, 0.5"})
  void aValueLivesUpToThePartOfItsTimeShorterThatIsItsJitter(
      double jitter, double random, double part) {
    TimePolicy times = new TimePolicy(HOUR, jitter, Held.NEVER, 0, 0, always(random));

    Held byGroup = (Held) times.loaded(VALUE, System.nanoTime(), Held.NEVER);
    Held byItself = (Held) times.loaded(VALUE, System.nanoTime() - HOUR / 2, 2 * HOUR);

    assertThat(time(byGroup)).isCloseTo((long) (part * HOUR), within(MINUTE));
    assertThat(time(byItself)).isCloseTo((long) (part * 2 * HOUR), within(MINUTE));
  }

  private static long time(Held held) {
    return held.timeLeft() + held.age(); // of two moments
  }

  @Test
  void whatIsLeftAtTheOwnerIsWhatIsLeftHereWithoutAnotherJitter() {
    TimePolicy times = new TimePolicy(HOUR, 1, Held.NEVER, 0, 0, always(0.5));

    Held mirrored = (Held) times.received(VALUE, System.nanoTime() - 3 * HOUR, HOUR);

    assertThat(mirrored.timeLeft()).isBetween(HOUR - MINUTE, HOUR);
    assertThat(mirrored.age()).isGreaterThanOrEqualTo(3 * HOUR);
  }

  @Test
  void aValueOfAPeerThatKnowsNoTimesHasThoseOfThisGroup() {
    TimePolicy times = new TimePolicy(HOUR, 0, Held.NEVER, 0, 0, always(0));

    assertThat(((Held) times.received(VALUE, System.nanoTime(), Held.NEVER)).timeLeft())
        .isBetween(HOUR - MINUTE, HOUR);
  }

  @Test
  void aReceivedValueWithNoTimeLeftIsNotKeptAndNotStaleEither() {
    TimePolicy times = new TimePolicy(HOUR, 0, Held.NEVER, HOUR, 0, always(0));

    assertThat(((Held) times.received(VALUE, System.nanoTime() - HOUR, 0)).hasNoTime()).isTrue();
  }

  @Test
  void aReceivedValueThatIsDueIsGivenTimeToBeLoadedAnew() {
    TimePolicy times = new TimePolicy(Held.NEVER, 0, 1, 0, 0, always(0));

    Held mirrored = (Held) times.received(VALUE, System.nanoTime() - HOUR, Held.NEVER);

    assertThat(mirrored.claimRefresh(times)).isFalse();
  }

  @Test
  void oneCallerIsToldThatAValueIsDue() {
    TimePolicy times = new TimePolicy(Held.NEVER, 0, HOUR, 0, 0, always(0));
    Held due = (Held) times.loaded(VALUE, System.nanoTime() - HOUR, Held.NEVER);
    Held young = (Held) times.loaded(VALUE, System.nanoTime() - HOUR / 2, Held.NEVER);

    assertThat(due.claimRefresh(times)).isTrue();
    assertThat(due.claimRefresh(times)).isFalse();
    assertThat(young.claimRefresh(times)).isFalse();
  }

  @Test
  void aFailedRefreshIsTriedAgainAfterATenthOfItsTimeWithinReason() {
    assertThat(refreshPause(Duration.ofMillis(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(refreshPause(Duration.ofSeconds(100))).isEqualTo(Duration.ofSeconds(10));
    assertThat(refreshPause(Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aValueWithoutAnyTimesIsHeldAsItIs() {
    TimePolicy times = TimePolicy.of(GroupOptions.ofCacheBytes(1));

    assertThat(times.loaded(VALUE, System.nanoTime(), Held.NEVER)).isSameAs(VALUE);
    assertThat(times.received(VALUE, System.nanoTime(), Held.NEVER)).isSameAs(VALUE);
  }

  private static Duration refreshPause(Duration refreshAfter) {
    GroupOptions options = GroupOptions.ofCacheBytes(1).withRefreshAfter(refreshAfter);
    return Duration.ofNanos(TimePolicy.of(options).refreshPause());
  }

  private static RandomGenerator always(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new AssertionError();
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
