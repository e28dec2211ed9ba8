package io.groupcache.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.ByteView;
import io.groupcache.GroupOptions;
import io.groupcache.internal.Durations;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldTests {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final ByteView VALUE = ByteView.of("v");

  private final TimePolicy times =
      TimePolicy.of(
          GroupOptions.ofCacheBytes(1)
              .withRefreshAfter(Duration.ofHours(1))
              .withNotFoundTimeToLive(Duration.ofHours(1)));

  @ParameterizedTest
  @ValueSource(strings = {"PT1M", "PT1H", "PT600H", "PT1200H", "P36500D", "PT2562047788015H"})
  void anyTimeToLiveIsKeptAndNeverExceeded(Duration timeToLive) {
    long said = Durations.saturatedNanos(timeToLive);

    Held held = new Held(VALUE, System.nanoTime(), said, 0);

    assertThat(held.timeLeft()).isBetween(said - said / 5_000_000 - MINUTE / 2, said);
    assertThat(held.isExpired()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1M", "PT1H", "PT600H", "PT1200H", "P36500D"})
  void aTimeIsUpAtTheAgeThatWasSaid(Duration timeToLive) {
    long said = timeToLive.toNanos();
    long now = System.nanoTime();

    assertThat(new Held(VALUE, now - said, said, 0).isExpired()).isTrue();
    assertThat(new Held(VALUE, now - said / 2, said, 0).isExpired()).isFalse();
    assertThat(new Held(VALUE, now - said, said, 0).age()).isBetween(said, said + MINUTE);
    assertThat(new Held(VALUE, now - said, said, 0).timeLeft()).isZero();
  }

  @Test
  void whatHasNoTimeToLiveNeverExpires() {
    Held held =
        new Held(VALUE, System.nanoTime() - Duration.ofDays(36500).toNanos(), Held.NEVER, 0);

    assertThat(held.timeLeft()).isEqualTo(Held.NEVER);
    assertThat(held.isExpired()).isFalse();
    assertThat(held.isOver(0)).isFalse();
  }

  @Test
  void whatServesInPlaceOfAFailureIsOverAtTheEndOfThatTime() {
    Held held = new Held(VALUE, System.nanoTime() - 3 * MINUTE, MINUTE, 0);

    assertThat(held.isExpired()).isTrue();
    assertThat(held.isOver(MINUTE)).isTrue();
    assertThat(held.isOver(5 * MINUTE)).isFalse();
  }

  @Test
  void theWordThatThereIsNoSuchKeyServesNoLongerThanItsTime() {
    Held held = times.notFound(System.nanoTime() - 61 * MINUTE);

    assertThat(held.isNotFound()).isTrue();
    assertThat(held.isOver(Held.NEVER)).isTrue();
  }

  @Test
  void whatIsNotFreshIsExpiredOrDueOrNoValue() {
    long now = System.nanoTime();

    assertThat(new Held(VALUE, now, MINUTE, 0).isFresh(times)).isTrue();
    assertThat(new Held(VALUE, now - 2 * MINUTE, MINUTE, 0).isFresh(times)).isFalse();
    assertThat(new Held(VALUE, now - 61 * MINUTE, Held.NEVER, 0).isFresh(times)).isFalse();
    assertThat(times.notFound(now).isFresh(times)).isFalse();
  }

  @Test
  void aValueThatIsLoadedAnewIsFreshMeanwhile() {
    Held held = new Held(VALUE, System.nanoTime() - 61 * MINUTE, Held.NEVER, 0);

    assertThat(held.claimRefresh(times)).isTrue();

    assertThat(held.isFresh(times)).isTrue();
  }

  @Test
  void aValueThatWasSetKeepsItsTimes() {
    Version change = new Version(2, 1);
    Held loaded = new Held(VALUE, System.nanoTime() - MINUTE, 3 * MINUTE, 0);

    Held set = Held.set(loaded, change);

    assertThat(set).isEqualTo(VALUE);
    assertThat(set.age()).isBetween(MINUTE, 2 * MINUTE);
    assertThat(set.timeLeft()).isBetween(MINUTE, 2 * MINUTE);
    assertThat(set.isSetSince(change)).isTrue();
    assertThat(set.isSetSince(new Version(3, 1))).isFalse();
    assertThat(loaded.isSetSince(change)).isFalse();
  }
}
