package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.ring.FreePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SelfCheckAtStartTests {

  private static final String WARNING = "Peers can't reach this one by groupcache.self=";

  @Test
  void aPeerThatReachesItselfSaysNothing(CapturedOutput output) {
    int port = FreePorts.stable(1).get(0);
    String self = "http://127.0.0.1:" + port;
    try (RunningApp app =
        start(
            self,
            "groupcache.server.port=" + port,
            "groupcache.security.shared-secret=s3cret",
            "logging.level." + SelfCheckAtStart.class.getName() + "=debug")) {
      assertThat(app.bean(HttpPool.class).size()).isEqualTo(2);
      awaitLine("This peer reaches itself by " + self, output);
    }
    assertThat(output).doesNotContain(WARNING);
  }

  @ParameterizedTest
  @CsvSource({
    "groupcache.replicas=50, another process of such an application answers there",
    "groupcache.security.shared-secret=other, another groupcache.security.shared-secret",
    "server.servlet.context-path=/shop, lacks the path of server.servlet.context-path",
    "groupcache.base-path=/other/, status 404",
  })
  void aUrlThatLeadsElsewhereIsSaidOnce(String elsewhere, String guess, CapturedOutput output) {
    try (RunningApp other = RunningApp.start(App.class, elsewhere);
        RunningApp app = start(other.url())) {
      awaitLine(WARNING + other.url(), output);
      assertThat(output.toString().lines().filter(line -> line.contains(WARNING)))
          .singleElement()
          .asString()
          .contains("WARN", guess, "It answers them on port " + app.port());
    }
  }

  @Test
  void aPeerThatIsListedUnderTwoNamesSaysSo(CapturedOutput output) {
    int port = FreePorts.stable(1).get(0);
    String self = "http://127.0.0.1:" + port;
    String twin = "http://localhost:" + port;
    RunningApp app =
        RunningApp.start(
            App.class,
            "groupcache.server.port=" + port,
            "groupcache.self=" + self,
            "groupcache.peers=" + twin + "," + self);
    try (app) {
      Group group = app.bean(GroupCache.class).group("squares");
      String ofTheTwin = key(app.bean(HttpPool.class), twin);
      assertThat(group.get(ofTheTwin)).isNotNull();
      awaitLine(
          "lists this peer twice: it is asked by itself, by the host localhost:" + port, output);
    }
    assertThat(output).doesNotContain(WARNING);
  }

  @Test
  void whoeverHasNoOthersIsNotCheckedAndStopsAtOnce(CapturedOutput output) {
    RunningApp.start(App.class, "groupcache.self=http://127.0.0.1:1").close();

    assertThat(output).doesNotContain(WARNING);
  }

  @Test
  void anApplicationThatStopsMeanwhileSaysNothing(CapturedOutput output) {
    int free = FreePorts.stable(1).get(0);
    start("http://127.0.0.1:" + free).close(); // nobody is there: it would ask again and again

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("groupcache-self-check")));
    assertThat(output).doesNotContain(WARNING);
  }

  private static RunningApp start(String self, String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("groupcache.self=" + self);
    all.add("groupcache.peers=" + self + ",http://127.0.0.1:1");
    return RunningApp.start(App.class, all.toArray(String[]::new));
  }

  private static String key(HttpPool pool, String owner) {
    return IntStream.range(0, 1000)
        .mapToObj(Integer::toString)
        .filter(key -> pool.owner(key).orElseThrow().equals(owner))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitLine(String text, CapturedOutput output) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(output.toString()).contains(text));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter squares() {
      return (context, key, dest) -> dest.setString(key);
    }
  }
}
