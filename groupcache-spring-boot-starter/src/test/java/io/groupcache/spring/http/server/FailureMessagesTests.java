package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.DeadlineExceededException;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.GroupCacheException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.PeerException;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.wire.PeerPath;
import io.groupcache.spring.http.wire.SharedSecret;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;

@Timeout(60)
class FailureMessagesTests {

  private static final String SECRET = "groupcache.security.shared-secret=s3cret";
  private static final String EXPOSE = "groupcache.security.expose-messages=";
  private static final PeerPath PATH = new PeerPath("vault", "k");

  @ParameterizedTest
  @CsvSource({"AUTHENTICATED, false", "ALWAYS, true", "NEVER, false"})
  void whoHasProvedNothingIsToldOnlyWhereItAlwaysIs(ExposeMessages expose, boolean told) {
    String sentence =
        new FailureMessages(expose, SharedSecret.none())
            .messagesFor(new MockHttpServletRequest())
            .apply(PATH, failure());

    assertThat(sentence.contains("sesame")).isEqualTo(told);
  }

  @ParameterizedTest
  @EnumSource(ExposeMessages.class)
  void whoKnowsTheSecretIsToldUnlessNobodyIs(ExposeMessages expose) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Groupcache-Token", "s3cret");

    String sentence =
        new FailureMessages(expose, SharedSecret.of(List.of("s3cret")))
            .messagesFor(request)
            .apply(PATH, failure());

    assertThat(sentence.contains("sesame")).isEqualTo(expose != ExposeMessages.NEVER);
  }

  @Test
  void aTokenProvesNothingWhereThereIsNoSecret() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Groupcache-Token", "s3cret");

    assertThat(
            new FailureMessages(ExposeMessages.AUTHENTICATED, SharedSecret.none())
                .messagesFor(request)
                .apply(PATH, failure()))
        .doesNotContain("sesame");
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true"})
  void whoHasACertificateIsTold(int certificates, boolean told) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAttribute(
        "jakarta.servlet.request.X509Certificate", new X509Certificate[certificates]);

    String sentence =
        new FailureMessages(ExposeMessages.AUTHENTICATED, SharedSecret.none())
            .messagesFor(request)
            .apply(PATH, failure());

    assertThat(sentence.contains("sesame")).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io",
        "state",
        "argument",
        "error",
        "group-cache",
        "load",
        "peer",
        "deadline",
        "not-found"
      })
  void whatAGetterSaysIsInNoAnswerToAStranger(String failure) throws IOException {
    try (RunningApp app = RunningApp.start(App.class);
        RawHttp connection = new RawHttp(app.port())) {
      Answer answer = connection.get("/_groupcache/vault/" + failure);

      assertThat(answer.status()).isBetween(400, 599);
      assertThat(answer.text()).doesNotContain("sesame");
      assertThat(answer.headers().toString()).doesNotContain("sesame");
    }
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void theLogSaysInOneLineWhatTheStrangerIsNotTold(CapturedOutput output) throws IOException {
    try (RunningApp app = RunningApp.start(App.class);
        RawHttp connection = new RawHttp(app.port())) {
      String sentence = connection.get("/_groupcache/vault/a%0ALoad%20forged").text();

      Matcher id =
          Pattern.compile(
                  "The load failed with java.io.IOException; the log of this peer says why, under"
                      + " ([0-9a-f]{8})")
              .matcher(sentence);
      assertThat(id.matches()).as(sentence).isTrue();
      assertThat(output.toString().lines().filter(line -> line.contains(id.group(1))))
          .singleElement()
          .asString()
          .contains("WARN", "Load " + id.group(1), "vault/a%0ALoad%20forged", "sesame");
      assertThat(output.toString().lines()).noneMatch(line -> line.startsWith("Load forged"));
    }
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void aStrangersLineInTheLogIsShortHoweverLongTheKeyAndTheMessage(CapturedOutput output) {
    String sentence =
        new FailureMessages(ExposeMessages.NEVER, SharedSecret.none())
            .messagesFor(new MockHttpServletRequest())
            .apply(
                new PeerPath("vault", "日".repeat(2000)),
                new LoadException("the password is sesame" + "!".repeat(100_000), null));

    String id = sentence.substring(sentence.length() - 8);
    assertThat(output.toString().lines().filter(line -> line.contains("Load " + id)))
        .singleElement()
        .asString()
        .contains("vault/%E6%97%A5", "the password is sesame")
        .satisfies(line ->
            assertThat(line.substring(line.indexOf("Load " + id))).hasSizeLessThanOrEqualTo(500));
  }

  @Test
  void peersWithTheSecretTellEachOther() {
    try (RunningApp owner = RunningApp.start(App.class, SECRET);
        RunningApp client = RunningApp.start(App.class, SECRET)) {
      client.bean(HttpPool.class).set(owner.url());
      Group vault = client.bean(GroupCache.class).group("vault");

      assertThatThrownBy(() -> vault.get("io"))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("the password is sesame");
      assertThat(vault.stats().loadsLocalErrors()).isZero();
    }
  }

  @Test
  void withNeverNotEvenPeersWithTheSecretAreTold() {
    try (RunningApp owner = RunningApp.start(App.class, SECRET, EXPOSE + "never");
        RunningApp client = RunningApp.start(App.class, SECRET)) {
      client.bean(HttpPool.class).set(owner.url());

      assertThatThrownBy(() -> client.bean(GroupCache.class).group("vault").get("io"))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("the log of this peer says why")
          .hasMessageNotContaining("sesame");
    }
  }

  private static LoadException failure() {
    return new LoadException("the password is sesame", null);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter vault() {
      return (context, key, dest) -> {
        String message = "no " + key + ", the password is sesame";
        switch (key) {
          case "state" -> throw new IllegalStateException(message);
          case "argument" -> throw new IllegalArgumentException(message);
          case "error" -> throw new LinkageError(message);
          case "group-cache" -> throw new GroupCacheException(message, null);
          case "load" -> throw new LoadException(message, null);
          case "peer" -> throw new PeerException(message, null);
          case "deadline" -> throw new DeadlineExceededException(message);
          case "not-found" -> throw new KeyNotFoundException(message, new IOException(message));
          default -> throw new IOException(message);
        }
      };
    }
  }
}
