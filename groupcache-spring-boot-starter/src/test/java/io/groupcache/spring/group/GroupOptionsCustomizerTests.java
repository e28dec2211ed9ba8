package io.groupcache.spring.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.GroupOptions;
import io.groupcache.spring.autoconfigure.GroupCacheAutoConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

class GroupOptionsCustomizerTests {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(GroupCacheAutoConfiguration.class));

  @SuppressWarnings("NullAway") // as an application may do that does not heed the annotations
  private static final GroupOptionsCustomizer NONE = (name, options) -> null;

  @Test
  void theyAreCalledInTheirOrderForEachGroupWithWhatTheSettingsSay() {
    runner
        .withUserConfiguration(App.class)
        .withPropertyValues("groupcache.groups.prices.time-to-live=1h")
        .run(context -> {
          assertThat(context.getBean(Seen.class).before)
              .containsEntry("prices", List.of("PT1H", "PT2H"))
              .containsEntry("other", List.of("none", "PT2H"));
          Group prices = context.getBean(GroupCache.class).group("prices");
          prices.get("k");
          assertThat(prices.getResult(GetContext.background(), "k").timeToLive())
              .hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofMinutes(90)));
        });
  }

  @Test
  void oneThatGivesNoOptionsStopsTheStartAndSaysWhichGroup() {
    runner
        .withUserConfiguration(App.class)
        .withBean("none", GroupOptionsCustomizer.class, () -> NONE)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("gave no options for the group"));
  }

  record Seen(Map<String, List<String>> before) {

    void add(String name, GroupOptions options) {
      before
          .computeIfAbsent(name, any -> new ArrayList<>())
          .add(options.timeToLive().map(Duration::toString).orElse("none"));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class App {

    @Bean
    Seen seen() {
      return new Seen(new TreeMap<>());
    }

    @Bean
    Getter prices() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    Getter other() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    @Order(2)
    GroupOptionsCustomizer second(Seen seen) {
      return (name, options) -> {
        seen.add(name, options);
        return options;
      };
    }

    @Bean
    @Order(1)
    GroupOptionsCustomizer first(Seen seen) {
      return (name, options) -> {
        seen.add(name, options);
        return options.withTimeToLive(Duration.ofHours(2));
      };
    }
  }
}
