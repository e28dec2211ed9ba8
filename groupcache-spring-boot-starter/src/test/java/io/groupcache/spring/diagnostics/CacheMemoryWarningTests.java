package io.groupcache.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Getter;
import io.groupcache.spring.autoconfigure.GroupCacheAutoConfiguration;
import io.groupcache.spring.autoconfigure.GroupCacheDiagnosticsAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CacheMemoryWarningTests {

  private static final String WARNING = "full caches end in an OutOfMemoryError";
  private static final long HEAP_MEGABYTES = Runtime.getRuntime().maxMemory() >> 20;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  GroupCacheAutoConfiguration.class, GroupCacheDiagnosticsAutoConfiguration.class))
          .withBean("tiles", Getter.class, () -> (context, key, dest) -> dest.setString(key))
          .withBean("countries", Getter.class, () -> (context, key, dest) -> dest.setString(key));

  @Test
  void limitsThatDoNotFitIntoTheHeapTogetherAreSaidOnce(CapturedOutput output) {
    long half = HEAP_MEGABYTES / 2 + 1;
    runner
        .withPropertyValues("groupcache.cache-bytes=" + half + "MB")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output.toString().lines().filter(line -> line.contains(WARNING)))
        .singleElement()
        .asString()
        .contains(
            "WARN",
            "of 2 groups may hold " + 2 * half + " MB",
            "the heap has at most " + HEAP_MEGABYTES + " MB",
            "groupcache.cache-bytes",
            "-Xmx");
  }

  @Test
  void aGroupsOwnLimitCounts(CapturedOutput output) {
    runner
        .withPropertyValues("groupcache.groups.tiles.cache-bytes=9223372036854775807B")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output).contains(WARNING);
  }

  @Test
  void aGroupsOwnLimitCountsHoweverItsNameIsSpelt(CapturedOutput output) {
    runner
        .withPropertyValues("groupcache.groups.TI-LES.cache-bytes=9223372036854775807B")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output).contains(WARNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"groupcache.cache-bytes=64MB", "groupcache.enabled=false"})
  void nothingIsSaidWhereTheyFit(String property, CapturedOutput output) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasNotFailed());

    assertThat(output).doesNotContain(WARNING);
  }
}
