package io.groupcache.spring.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Sinks;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.PeerContextFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
class SharedSecretTests {

  private static final String PREFLIGHT =
      "Origin: http://a\r\nAccess-Control-Request-Method: GET\r\n";
  private static final String SECRET = "groupcache.security.shared-secret=";

  @ParameterizedTest
  @CsvSource({"first, true", "second, true", "third, false", "firs, false", "firstx, false"})
  @CsvSource({"FIRST, false", "'', false", "' first', false", "'first,second', false"})
  void eachOfTheListIsAcceptedAndNothingElse(String token, boolean accepted) {
    SharedSecret secret = SharedSecret.of(List.of("first", "second"));

    assertThat(secret.admits(token)).isEqualTo(accepted);
  }

  @Test
  void aRequestWithoutATokenIsAdmittedOnlyWithoutASecret() {
    assertThat(SharedSecret.of(List.of("first")).admits(null)).isFalse();
    assertThat(SharedSecret.none().admits(null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", "line\nbreak", "tab\t", "schlüssel", "\u007f"})
  void whatCantBeAHeaderIsNoSecretAndIsNotRepeated(String text) {
    assertThatThrownBy(() -> SharedSecret.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A secret must not be blank, and be of visible ASCII");
  }

  @Test
  void itsTextDoesNotHoldIt() {
    assertThat(SharedSecret.of(List.of("hunter2")).toString()).isEqualTo("a shared secret");
  }

  /** Every pair of settings that peers have at a time while they are changed one after another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"old | old,new", "old,new | new,old", "new,old | new", "new | new"})
  void aSecretIsExchangedWithoutARefusedRequest(String one, String other) {
    try (RunningApp a = RunningApp.start(App.class, SECRET + one);
        RunningApp b = RunningApp.start(App.class, SECRET + other)) {
      assertAsks(a, b);
      assertAsks(b, a);
    }
  }

  @Test
  void aPeerWithAnotherSecretIsRefusedAndLoadsForItself() {
    try (RunningApp owner = RunningApp.start(App.class, SECRET + "one");
        RunningApp stranger = RunningApp.start(App.class, SECRET + "another")) {
      stranger.bean(HttpPool.class).set(owner.url());
      Group echo = stranger.bean(GroupCache.class).group("echo");

      assertThat(echo.get("k", Sinks.string())).isEqualTo("k");
      assertThat(echo.stats().loadsPeer()).isZero();
      assertThat(echo.stats().peerErrors()).isEqualTo(1);
    }
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void whoDoesNotKnowItLearnsNothing(CapturedOutput output) throws IOException {
    try (RunningApp app = RunningApp.start(App.class, SECRET + "hunter2hunter2")) {
      Answer refused = ask(app, "GET /_groupcache/echo/k", "");

      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.error()).isEqualTo("unauthorized");
      assertThat(refused.headers())
          .containsEntry("WWW-Authenticate", "Groupcache-Token")
          .containsEntry("Content-Type", "text/plain;charset=UTF-8");
      assertThat(refused.text()).isEqualTo("Only peers are answered here");
      for (String line :
          List.of(
              "GET /_groupcache/nosuch/k",
              "GET /_groupcache/echo",
              "GET /_groupcache/echo/k?q",
              "GET /_groupcache/echo/%00",
              "GET /_groupcache/echo/%zz",
              "GET /%5Fgroupcache/echo/k",
              "GET /_groupcache;a=b/echo/k",
              "POST /_groupcache/echo/k",
              "OPTIONS /_groupcache/echo/k",
              "PROPFIND /_groupcache/echo/k",
              "TRACE /_groupcache/echo/k")) {
        for (String headers :
            List.of("", "Groupcache-Token: wrong\r\n", "Groupcache-Token:\r\n", PREFLIGHT)) {
          Answer answer = ask(app, line, headers);

          assertThat(answer.text()).as(line).isEqualTo(refused.text());
          assertThat(comparable(answer)).as(line).isEqualTo(comparable(refused));
        }
      }
      assertThat(ask(app, "GET /_groupcache/echo/k", "Groupcache-Token: hunter2hunter2\r\n"))
          .extracting(Answer::status)
          .isEqualTo(200);
    }
    assertThat(output).doesNotContain("hunter2");
  }

  @Test
  void withoutASecretNoneIsSent() {
    try (RunningApp owner = RunningApp.start(App.class);
        RunningApp client = RunningApp.start(App.class)) {
      client.bean(HttpPool.class).set(owner.url());

      assertThat(client.bean(GroupCache.class).group("token").get("k", Sinks.string()))
          .isEqualTo("null");
    }
  }

  private static void assertAsks(RunningApp client, RunningApp owner) {
    client.bean(HttpPool.class).set(owner.url());
    Group echo = client.bean(GroupCache.class).group("echo");

    assertThat(echo.get("of " + owner.port(), Sinks.string())).isEqualTo("of " + owner.port());
    assertThat(echo.stats().loadsPeer()).isEqualTo(1);
    assertThat(echo.stats().peerErrors()).isZero();
  }

  private static Answer ask(RunningApp app, String line, String headers) throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      return connection.send(line + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
    }
  }

  /** All but what depends on the time, and on whether the connection goes on. */
  private static Map<String, String> comparable(Answer answer) {
    Map<String, String> headers = new TreeMap<>(answer.headers());
    headers.remove("Date");
    headers.remove("Connection");
    headers.remove("Allow"); // Tomcat adds it to its own refusal of TRACE
    return headers;
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    Getter token() {
      return (context, key, dest) ->
          dest.setString(context.attribute("token", String.class).orElse("none"));
    }

    @Bean
    PeerContextFactory contexts() {
      return request ->
          GetContext.background()
              .withAttribute("token", String.valueOf(request.getHeader("Groupcache-Token")));
    }
  }
}
