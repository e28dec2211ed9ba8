package io.groupcache.spring.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.CacheType;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.spring.autoconfigure.GroupCacheAutoConfiguration;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class GroupNamesInSettingsTests {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(GroupCacheAutoConfiguration.class));

  @Test
  void anEnvironmentVariableIsOfTheGroupOfThatNameInCapitals() {
    with("lazyOne", "other")
        .withInitializer(variables(Map.of("GROUPCACHE_GROUPS_LAZYONE_CACHEBYTES", "0")))
        .run(context -> {
          assertThat(holdsValues(context, "lazyOne")).isFalse();
          assertThat(holdsValues(context, "other")).isTrue();
        });
  }

  @Test
  void anEnvironmentVariableMayHaveUnderscoresInItsProperty() {
    with("lazyOne")
        .withInitializer(variables(Map.of("GROUPCACHE_GROUPS_LAZYONE_CACHE_BYTES", "0")))
        .run(context -> assertThat(holdsValues(context, "lazyOne")).isFalse());
  }

  @Test
  void anEnvironmentVariableIsOfAGroupWithAnotherPunctuation() {
    with("com.shop.Prices")
        .withInitializer(variables(Map.of("GROUPCACHE_GROUPS_COMSHOPPRICES_CACHEBYTES", "0")))
        .run(context -> assertThat(holdsValues(context, "com.shop.Prices")).isFalse());
  }

  @Test
  void anEnvironmentVariableComesBeforeAFile() {
    with("lazyOne")
        .withInitializer(file(Map.of("groupcache.groups.lazyOne.cache-bytes", "1MB")))
        .withInitializer(variables(Map.of("GROUPCACHE_GROUPS_LAZYONE_CACHEBYTES", "0")))
        .run(context -> assertThat(holdsValues(context, "lazyOne")).isFalse());
  }

  @Test
  void theExactNameComesFirst() {
    with("lazyOne", "lazyone")
        .withPropertyValues("groupcache.groups[lazyone].cache-bytes=0")
        .run(context -> {
          assertThat(holdsValues(context, "lazyone")).isFalse();
          assertThat(holdsValues(context, "lazyOne")).isTrue();
        });
  }

  @Test
  void twoGroupsThatASettingMayBeMeantForStopTheStart() {
    with("lazyOne", "lazy_one")
        .withInitializer(variables(Map.of("GROUPCACHE_GROUPS_LAZYONE_CACHEBYTES", "0")))
        .run(context ->
            assertThatItFails(
                context,
                "'lazyone'",
                "[lazyOne, lazy_one]",
                "groupcache.groups[lazyOne].cache-bytes"));
  }

  @Test
  void twoSettingsOfOneGroupStopTheStart() {
    with("com.shop.Prices")
        .withPropertyValues(
            "groupcache.groups[com.shop.Prices].cache-bytes=1MB",
            "groupcache.groups.comShopPrices.cache-bytes=2MB")
        .run(context ->
            assertThatItFails(
                context, "'comShopPrices'", "'com.shop.Prices'", "groupcache.groups[com.shop"));
  }

  @Test
  void aNameWithDotsThatIsNotInBracketsStopsTheStart() {
    with("com.shop.Prices")
        .withPropertyValues("groupcache.groups.com.shop.Prices.cache-bytes=0")
        .run(context ->
            assertThatItFails(
                context,
                "groupcache.groups.com.shop.Prices.cache-bytes",
                "groupcache.groups[com.shop.Prices].cache-bytes"));
  }

  @Test
  void anEnvironmentVariableWithANameInPartsStopsTheStart() {
    with("com.shop.Prices")
        .withInitializer(variables(Map.of("GROUPCACHE_GROUPS_COM_SHOP_PRICES_CACHE_BYTES", "0")))
        .run(context ->
            assertThatItFails(
                context,
                "GROUPCACHE_GROUPS_COM_SHOP_PRICES_CACHE_BYTES",
                "GROUPCACHE_GROUPS_COMSHOPPRICES_CACHEBYTES"));
  }

  @Test
  void aNameWithDotsInBracketsIsThatOfItsGroup() {
    with("com.shop.Prices")
        .withPropertyValues("groupcache.groups[com.shop.Prices].cache-bytes=0")
        .run(context -> assertThat(holdsValues(context, "com.shop.Prices")).isFalse());
  }

  @Test
  void aNameThatIsLikeNoGroupIsSaid(CapturedOutput output) {
    with("tiles")
        .withPropertyValues("groupcache.groups.tilse.cache-bytes=0")
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(output).containsOnlyOnce("groupcache.groups has settings for [tilse]");
        });
  }

  private ApplicationContextRunner with(String... getters) {
    ApplicationContextRunner application = runner;
    for (String name : getters) {
      application =
          application.withBean(
              name, Getter.class, () -> (context, key, dest) -> dest.setString(key));
    }
    return application;
  }

  private static ApplicationContextInitializer<ConfigurableApplicationContext> variables(
      Map<String, Object> variables) {
    return context ->
        context
            .getEnvironment()
            .getPropertySources()
            .replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
  }

  private static ApplicationContextInitializer<ConfigurableApplicationContext> file(
      Map<String, Object> properties) {
    return context ->
        context
            .getEnvironment()
            .getPropertySources()
            .addLast(new MapPropertySource("file", properties));
  }

  private static boolean holdsValues(AssertableApplicationContext context, String name) {
    assertThat(context).hasNotFailed();
    Group group = context.getBean(GroupCache.class).group(name);
    assertThat(group.getAll(List.of("k"))).hasSize(1);
    return group.cacheStats(CacheType.MAIN).items() > 0;
  }

  private static void assertThatItFails(AssertableApplicationContext context, String... told) {
    Throwable failure = Objects.requireNonNull(context.getStartupFailure(), "It has started");
    assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
        .isInstanceOfSatisfying(
            GroupCacheConfigurationException.class,
            cause -> assertThat(cause.getMessage() + " " + cause.action()).contains(told));
  }
}
