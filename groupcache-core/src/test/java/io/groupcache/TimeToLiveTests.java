package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How long a value may be used: by its getter's word, or by its group's. */
@Timeout(30)
class TimeToLiveTests {

  private static final Duration SHORT = Duration.ofMillis(20);

  private final GroupCache groupCache = new GroupCache(PeerPicker.none());

  @AfterEach
  void close() {
    groupCache.close();
  }

  @Test
  void aValueIsLoadedAnewOnceTheTimeOfItsGroupIsUp() {
    CountingGetter getter = CountingGetter.prefixing("");
    Group group = group(GroupOptions.ofCacheBytes(100).withTimeToLive(SHORT), getter);
    group.get("k");
    Eventually.holds(() -> timeLeft(group).isZero() || getter.calls() > 1);

    group.get("k");

    assertThat(getter.calls()).isGreaterThan(1);
  }

  @Test
  void aValueThatSaysItsOwnTimeIsUsedSoLongAndNotAsTheGroupSays() {
    Group group =
        group(
            GroupOptions.ofCacheBytes(100).withTimeToLive(SHORT),
            (context, key, dest) -> dest.setString("v", Duration.ofDays(1)));

    group.get("k");

    assertThat(timeLeft(group)).isBetween(Duration.ofHours(21), Duration.ofDays(1));
  }

  @Test
  void aValueSetWithoutATimeAfterOneWithATimeHasTheGroups() {
    Group group =
        group(
            GroupOptions.ofCacheBytes(100),
            (context, key, dest) -> {
              dest.setString("first", Duration.ofDays(1));
              dest.setString("second");
            });

    group.get("k");

    assertThat(group.getResult(GetContext.background(), "k").timeToLive()).isEmpty();
  }

  @Test
  void aViewThatAnotherGroupHoldsHasTheTimesOfTheGroupThatItIsSetIn() {
    Group timed =
        group(
            GroupOptions.ofCacheBytes(100).withTimeToLive(Duration.ofDays(1)),
            CountingGetter.prefixing(""));
    Group other =
        groupCache.newGroup(
            "other", 100, (context, key, dest) -> dest.setView(timed.get(context, key)));

    GetResult loaded = other.getResult(GetContext.background(), "k");

    assertThat(loaded.value()).isEqualTo(timed.get("k"));
    assertThat(loaded.timeToLive()).isEmpty();
  }

  @Test
  void aValueWithNoTimeAtAllIsGivenAndNotKept() {
    CountingGetter getter =
        new CountingGetter((context, key, dest) -> dest.setString("v", Duration.ZERO));
    Group group = group(GroupOptions.ofCacheBytes(100).withStaleIfError(SHORT), getter);

    assertThat(group.get("k", Sinks.string())).isEqualTo("v");
    assertThat(group.get("k", Sinks.string())).isEqualTo("v");

    assertThat(getter.calls()).isEqualTo(2);
    assertThat(group.cacheStats(CacheType.MAIN).items()).isZero();
  }

  @ParameterizedTest
  @MethodSource("absurdlyLong")
  void anAbsurdlyLongTimeIsAsGoodAsForEver(Duration time) {
    Group group =
        group(
            GroupOptions.ofCacheBytes(100).withTimeToLive(time).withRefreshAfter(time),
            (context, key, dest) -> {
              if (key.equals("k")) {
                dest.setString("v");
              } else {
                dest.setString("v", time);
              }
            });

    group.get("k");
    group.get("own");

    assertThat(timeLeft(group)).isGreaterThan(Duration.ofDays(365));
    assertThat(group.getResult(GetContext.background(), "own").source()).isEqualTo(Source.MAIN);
    assertThat(group.stats().refreshes()).isZero();
  }

  static Stream<Duration> absurdlyLong() {
    return Stream.of(
        Duration.ofNanos(Long.MAX_VALUE),
        Duration.ofMillis(Long.MAX_VALUE),
        Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
  }

  @Test
  void aNegativeTimeFailsTheLoad() {
    Group group =
        group(
            GroupOptions.ofCacheBytes(100),
            (context, key, dest) -> dest.setString("v", Duration.ofNanos(-1)));

    assertThatThrownBy(() -> group.get("k"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("negative");
  }

  @Test
  void timesThatAreNoneAreRefusedInOptions() {
    GroupOptions options = GroupOptions.ofCacheBytes(0);
    Duration negative = Duration.ofNanos(-1);
    for (Runnable refused :
        Stream.<Runnable>of(
                () -> options.withTimeToLive(Duration.ZERO),
                () -> options.withTimeToLive(negative),
                () -> options.withRefreshAfter(Duration.ZERO),
                () -> options.withStaleIfError(negative),
                () -> options.withNotFoundTimeToLive(negative),
                () -> options.withTimeToLiveJitter(1.1),
                () -> options.withTimeToLiveJitter(-0.1),
                () -> options.withTimeToLiveJitter(Double.NaN))
            .toList()) {
      assertThatThrownBy(refused::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aLoadedValueHasItsAgeAndTheTimeThatIsLeft() {
    Group group =
        group(
            GroupOptions.ofCacheBytes(100).withTimeToLive(Duration.ofHours(1)),
            CountingGetter.prefixing(""));
    group.get("k");
    Eventually.holds(() -> age(group).toMillis() > 0);

    GetResult held = group.getResult(GetContext.background(), "k");

    assertThat(held.age().orElseThrow()).isPositive();
    assertThat(held.timeToLive().orElseThrow()).isLessThan(Duration.ofHours(1));
    assertThat(held.isStale()).isFalse();
  }

  @Test
  void aHitOfAValueWithTimesIsCountedAndGivesTheViewThatIsHeld() {
    Group group =
        group(
            GroupOptions.ofCacheBytes(100).withTimeToLive(Duration.ofHours(1)),
            CountingGetter.prefixing(""));
    ByteView loaded = group.get("k");

    assertThat(group.get("k")).isSameAs(loaded);

    assertThat(group.stats().hits()).isEqualTo(1);
  }

  @Test
  void aValueWithoutTimesHasNeither() {
    Group group = group(GroupOptions.ofCacheBytes(100), CountingGetter.prefixing(""));

    GetResult loaded = group.getResult(GetContext.background(), "k");

    assertThat(loaded.age()).isEmpty();
    assertThat(loaded.timeToLive()).isEmpty();
  }

  @Test
  void whatHasExpiredIsCountedAndLeavesTheCountsWithTheNextSweep() {
    Group group =
        group(
            GroupOptions.ofCacheBytes(100).withTimeToLive(Duration.ofNanos(1)),
            CountingGetter.prefixing(""));
    group.getAll(java.util.List.of("a", "b"));

    Eventually.holds(() -> group.cacheStats(CacheType.MAIN).items() == 0);

    assertThat(group.cacheStats(CacheType.MAIN).bytes()).isZero();
    assertThat(group.stats().expirations()).isEqualTo(2);
  }

  @Test
  void aValueThatIsTooLargeTakesThePlaceOfTheOneBefore() {
    StringBuilder value = new StringBuilder("v");
    Group group =
        group(
            GroupOptions.ofCacheBytes(100)
                .withTimeToLive(Duration.ofDays(1))
                .withRefreshAfter(Duration.ofNanos(1)),
            (context, key, dest) -> dest.setString(value.toString()));
    group.get("k");
    value.append("v".repeat(200));

    group.get("k"); // is due, and is loaded anew meanwhile

    Eventually.holds(() -> group.cacheStats(CacheType.MAIN).items() == 0);
    assertThat(group.stats().refreshes()).isEqualTo(1);
  }

  private Group group(GroupOptions options, Getter getter) {
    return groupCache.newGroup("g", options, getter);
  }

  private static Duration timeLeft(Group group) {
    return group.getResult(GetContext.background(), "k").timeToLive().orElseThrow();
  }

  private static Duration age(Group group) {
    return group.getResult(GetContext.background(), "k").age().orElseThrow();
  }
}
