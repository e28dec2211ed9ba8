package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.GroupOptions;
import io.groupcache.KeyNotFoundException;
import io.groupcache.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The times that an application sets reach its groups. */
@Timeout(60)
class ValueTimesTests {

  private static final Duration HOUR = Duration.ofHours(1);

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(GroupCacheAutoConfiguration.class));

  @Test
  void aValueMayBeUsedForEverIfNothingIsSet() {
    with(ValueTimesTests::echo)
        .run(context -> assertThat(result(context.getBean(Group.class)).timeToLive()).isEmpty());
  }

  @Test
  void aGroupsOwnTimeComesBeforeThatOfAll() {
    with(ValueTimesTests::echo)
        .withBean("countries", Getter.class, () -> ValueTimesTests::echo)
        .withPropertyValues(
            "groupcache.time-to-live=1h",
            "groupcache.time-to-live-jitter=0",
            "groupcache.groups.prices.time-to-live=3h",
            "groupcache.groups.prices.time-to-live-jitter=0.5")
        .run(context -> {
          GroupCache groupCache = context.getBean(GroupCache.class);
          assertThat(result(groupCache.group("countries")).timeToLive().orElseThrow())
              .isBetween(Duration.ZERO, HOUR);
          assertThat(result(groupCache.group("prices")).timeToLive().orElseThrow())
              .isBetween(HOUR, HOUR.multipliedBy(3));
        });
  }

  @Test
  void aValuesOwnTimeComesFirst() {
    with((context, key, dest) -> dest.setString(key, HOUR))
        .withPropertyValues("groupcache.time-to-live=3h", "groupcache.time-to-live-jitter=0")
        .run(context ->
            assertThat(result(context.getBean(Group.class)).timeToLive().orElseThrow())
                .isBetween(Duration.ZERO, HOUR));
  }

  @Test
  void aValueIsServedBeyondItsTimeWhenItsGetterFails() {
    AtomicInteger calls = new AtomicInteger();
    with(
            (context, key, dest) -> {
              if (calls.incrementAndGet() > 1) {
                throw new IOException("the database is down");
              }
              dest.setString("old");
            })
        .withPropertyValues(
            "groupcache.time-to-live=1ns",
            "groupcache.time-to-live-jitter=0",
            "groupcache.groups.prices.stale-if-error=1h")
        .run(context -> {
          Group prices = context.getBean(Group.class);
          prices.get("a");
          assertThat(result(prices).isStale()).isTrue();
          assertThat(calls).hasValue(2);
        });
  }

  @Test
  void thatThereIsNoSuchKeyIsRemembered() {
    AtomicInteger calls = new AtomicInteger();
    with(
            (context, key, dest) -> {
              calls.incrementAndGet();
              throw new KeyNotFoundException(key);
            })
        .withPropertyValues("groupcache.not-found-time-to-live=1h")
        .run(context -> {
          Group prices = context.getBean(Group.class);
          for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(KeyNotFoundException.class).isThrownBy(() -> prices.get("a"));
          }
          assertThat(calls).hasValue(1);
        });
  }

  @Test
  void aValueIsLoadedAnewWhileItIsUsed() {
    CountDownLatch calls = new CountDownLatch(2);
    with(
            (context, key, dest) -> {
              calls.countDown();
              dest.setString(key);
            })
        .withPropertyValues("groupcache.groups.prices.refresh-after=1ns")
        .run(context -> {
          Group prices = context.getBean(Group.class);
          prices.get("a");
          prices.get("a");
          assertThat(calls.await(20, TimeUnit.SECONDS)).isTrue();
        });
  }

  @Test
  void environmentVariablesMayBeSpeltWithUnderscoresOrWithout() {
    Map<String, Object> variables =
        Map.of(
            "GROUPCACHE_TIMETOLIVE", "3h",
            "GROUPCACHE_REFRESH_AFTER", "2h",
            "GROUPCACHE_GROUPS_PRICES_TIME_TO_LIVE", "4h",
            "GROUPCACHE_GROUPS_PRICES_TIMETOLIVEJITTER", "0.25",
            "GROUPCACHE_GROUPS_PRICES_STALE_IF_ERROR", "5h",
            "GROUPCACHE_GROUPS_PRICES_NOT_FOUND_TIME_TO_LIVE", "1m");
    with(ValueTimesTests::echo)
        .withInitializer(context ->
            context
                .getEnvironment()
                .getPropertySources()
                .replace(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                    new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables)))
        .run(context -> {
          assertThat(context).hasNotFailed();
          Map<String, GroupOptions> options =
              context
                  .getBean(GroupCacheProperties.class)
                  .configuredGroups(context.getBeanFactory())
                  .optionsOf(List.of("prices", "others"));
          GroupOptions prices = Objects.requireNonNull(options.get("prices"));
          assertThat(prices.timeToLive()).contains(HOUR.multipliedBy(4));
          assertThat(prices.timeToLiveJitter()).isEqualTo(0.25);
          assertThat(prices.refreshAfter()).contains(HOUR.multipliedBy(2));
          assertThat(prices.staleIfError()).isEqualTo(HOUR.multipliedBy(5));
          assertThat(prices.notFoundTimeToLive()).isEqualTo(Duration.ofMinutes(1));
          GroupOptions others = Objects.requireNonNull(options.get("others"));
          assertThat(others.timeToLive()).contains(HOUR.multipliedBy(3));
          assertThat(others.timeToLiveJitter()).isEqualTo(0.1);
        });
  }

  private ApplicationContextRunner with(Getter prices) {
    return runner.withBean("prices", Getter.class, () -> prices);
  }

  private static void echo(GetContext context, String key, Sink dest) {
    dest.setString(key);
  }

  private static GetResult result(Group group) {
    return group.getResult(GetContext.background(), "a");
  }
}
