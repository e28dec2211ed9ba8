package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.ByteView;
import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Source;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.server.port.PeerPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The least and the greatest of what may be set works: what is beyond is refused, see {@code
 * GroupCacheFailureAnalyzerTests}.
 */
@Timeout(60)
class SettingsAtTheirEndsTests {

  /** Keys and values of one byte, which the least limits allow. */
  private static final List<String> KEYS = List.of("b", "c", "d", "e");

  private static final List<String> LEAST =
      List.of(
          "groupcache.replicas=1",
          "groupcache.cache-bytes=1",
          "groupcache.timeout=2147483647ms",
          "groupcache.max-key-bytes=1B",
          "groupcache.max-value-bytes=1B",
          "groupcache.groups.echo.max-concurrent-loads=1",
          "groupcache.time-to-live=2ns",
          "groupcache.time-to-live-jitter=0",
          "groupcache.refresh-after=1ns",
          "groupcache.stale-if-error=0",
          "groupcache.not-found-time-to-live=0",
          "groupcache.client.max-connections-per-peer=1",
          "groupcache.client.max-response-size=1B",
          "groupcache.server.max-concurrent-requests=1",
          "groupcache.server.write-buffer-size=1B",
          "groupcache.base-path=/a/");

  private static final List<String> GREATEST =
      List.of(
          "groupcache.replicas=10000",
          "groupcache.cache-bytes=9223372036854775807B",
          "groupcache.timeout=2147483647ms",
          "groupcache.max-key-bytes=2047MB",
          "groupcache.max-value-bytes=2047MB",
          "groupcache.groups.echo.max-concurrent-loads=2147483647",
          "groupcache.time-to-live=PT9223372036854775807S",
          "groupcache.time-to-live-jitter=1",
          "groupcache.refresh-after=PT9223372036854775806S",
          "groupcache.stale-if-error=PT9223372036854775807S",
          "groupcache.not-found-time-to-live=PT9223372036854775807S",
          "groupcache.client.connect-timeout=2147483647ms",
          "groupcache.client.read-timeout=2147483647ms",
          "groupcache.client.max-connections-per-peer=2147483647",
          "groupcache.client.max-response-size=2047MB",
          "groupcache.server.max-concurrent-requests=2147483647",
          "groupcache.server.write-buffer-size=16MB",
          "groupcache.base-path=/.../-._~/");

  @Test
  void theLeast() {
    assertBothSidesWork(LEAST);
  }

  @Test
  void theGreatest() {
    assertBothSidesWork(GREATEST);
  }

  @Test
  void theLeastOfAPortOfTheirOwn() {
    assertBothSidesWork(
        List.of(
            "groupcache.server.port=0",
            "groupcache.server.max-threads=1",
            "groupcache.server.write-buffer-size=1B"));
  }

  @Test
  void theGreatestOfAPortOfTheirOwn() {
    assertBothSidesWork(
        List.of(
            "groupcache.server.port=0",
            "groupcache.server.max-threads=10000",
            "groupcache.server.write-buffer-size=16MB"));
  }

  @Test
  void noCacheAtAll() {
    assertBothSidesWork(List.of("groupcache.cache-bytes=0"));
  }

  @Test
  void aCacheWithoutEndOfTheOtherKind() {
    assertBothSidesWork(
        List.of(
            "groupcache.groups.echo.cache-bytes=9223372036854775807B",
            "groupcache.eviction=s3-fifo"));
  }

  private static void assertBothSidesWork(List<String> settings) {
    String[] properties = settings.toArray(String[]::new);
    try (RunningApp owner = RunningApp.start(App.class, properties);
        RunningApp asker = RunningApp.start(App.class, properties)) {
      int port =
          owner.hasLocalPort(PeerPort.PROPERTY) ? owner.localPort(PeerPort.PROPERTY) : owner.port();
      asker.bean(HttpPool.class).set("http://127.0.0.1:" + port);
      Group echo = asker.bean(GroupCache.class).group("echo");

      GetResult single = echo.getResult(GetContext.background(), "a");
      assertThat(single.value()).isEqualTo(ByteView.of("a"));
      assertThat(single.source()).isEqualTo(Source.PEER);
      assertThat(echo.getAll(KEYS))
          .allSatisfy((key, value) -> assertThat(value).isEqualTo(ByteView.of(key)))
          .containsOnlyKeys(KEYS);
      assertThat(echo.stats().loadsLocal()).isZero();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }
  }
}
