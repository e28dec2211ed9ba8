package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.KeyNotFoundException;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
class PeerControllerTests {

  private static RunningApp app;

  @BeforeAll
  static void start() {
    app = RunningApp.start(App.class, "groupcache.security.expose-messages=always");
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @CsvSource({
    "x, 0a0178",
    "empty, 0a00",
    "binary, 0a0300fffe",
  })
  void valuesAreGetResponses(String key, String hex) throws IOException {
    Answer answer = get("/_groupcache/values/" + key);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("Content-Type", "application/x-protobuf");
    assertThat(HexFormat.of().formatHex(answer.body().copy())).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({
    "a+b, a b",
    "a%2Bb, a+b",
    "a%20b, a b",
    "a%2Fb, a/b",
    "a/b, a/b",
    "a//b, a//b",
    "3/4/5, 3/4/5",
    "%2E%2E, ..",
    "%2E, .",
    "..%2Fx, ../x",
    "a%5Cb, a\\b",
    "a%3Bb%3Dc, a;b=c",
    "a;b=c, a;b=c",
    "%E6%97%A5, 日",
    "%F0%9F%98%80, 😀",
    "%252F, %2F",
    "%0A, '\n'",
    "'', ''",
  })
  void keysArriveAsTheyWereMeant(String sent, String key) throws IOException {
    Answer answer = get("/_groupcache/echo/" + sent);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text().substring(2)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "/_groupcache/nosuch/key, 404, no-such-group, There is no group 'nosuch' here",
        "/_groupcache//key, 404, no-such-group, There is no group '' here",
        "/_groupcache/values/missing, 404, key-not-found, There is no key 'missing'",
        "/_groupcache/values/broken, 500, load-failed, the disk is on fire",
        "/_groupcache/values, 400, bad-request, has no '/'",
        "/_groupcache/, 400, bad-request, has no '/'",
        "/_groupcache/values/%4, 400, bad-request, The server can't read this request",
        "/_groupcache/values/%zz, 400, bad-request, The server can't read this request",
        "/_groupcache/values/a?b=c, 400, bad-request, There is no query here",
        "/%5Fgroupcache/values/x, 400, bad-request, The base path has to be sent unescaped",
      })
  void refusalsSayWhy(String target, int status, String error, String sentence) throws IOException {
    Answer answer = get(target);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.error()).isEqualTo(error);
    assertThat(answer.headers()).containsEntry("Content-Type", "text/plain;charset=UTF-8");
    assertThat(answer.text()).contains(sentence);
  }

  @Test
  void theConnectionGoesOnUnlessTheServerSaysThatItWillNot() throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      Answer notFound = connection.get("/_groupcache/values/missing");
      Answer malformed = connection.get("/_groupcache/values/%4");

      assertThat(notFound.headers()).doesNotContainKey("Connection");
      assertThat(malformed.headers()).containsEntry("Connection", "close");
    }
  }

  @ParameterizedTest
  @CsvSource({"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"})
  void otherMethodsAreRefused(String method) throws IOException {
    Answer answer = send(method + " /_groupcache/values/x HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().get("Allow")).contains("GET");
    assertThat(answer.text()).isEqualTo("Peers are asked with GET");
  }

  @ParameterizedTest
  @CsvSource({"Content-Length: 5, hello", "Transfer-Encoding: chunked, '5\r\nhello\r\n0\r\n\r\n'"})
  void aBodyOnAGetIsRefused(String header, String body) throws IOException {
    Answer answer =
        send("GET /_groupcache/values/x HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n" + body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("bad-request");
    assertThat(answer.text()).isEqualTo("A GET has no body here");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, multipart/form-data; boundary=q, --q",
    "GET, multipart/form-data; boundary=q, --q",
    "PUT, application/x-www-form-urlencoded, a=%zz",
  })
  void aBrokenFormIsRefusedAndNotParsed(String method, String type, String body)
      throws IOException {
    Answer answer =
        send(
            method
                + " /_groupcache/values/x HTTP/1.1\r\nHost: a\r\nContent-Type: "
                + type
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);

    assertThat(answer.status()).isEqualTo(method.equals("GET") ? 400 : 405);
    assertThat(answer.error()).isEqualTo("bad-request");
    assertThat(answer.headers()).containsEntry("Content-Type", "text/plain;charset=UTF-8");
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.1, Transfer-Encoding: rot13", "HTTP/2.0, X: y"})
  void whatTheServerDoesNotSpeakIsABadRequest(String version, String header) throws IOException {
    Answer answer =
        send("GET /_groupcache/values/x " + version + "\r\nHost: a\r\n" + header + "\r\n\r\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("bad-request");
    assertThat(answer.text()).startsWith("The server can't read this request");
  }

  @ParameterizedTest
  @CsvSource({"CONNECT /_groupcache/values/x HTTP/1.1", "CONNECT /_groupcache/values/\u00e9 X"})
  void aTunnelThatIsAskedForIsNoFailureOfTheServer(String line) throws IOException {
    Answer answer = send(line + "\r\nHost: a\r\n\r\n");

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.headers()).containsEntry("Content-Type", "text/plain;charset=UTF-8");
  }

  @ParameterizedTest
  @CsvSource({"%00", "a%00b", "%FF", "%C3", "%ED%A0%80", "%C0%AF"})
  void keysThatCantBeAreRefusedInPlainWords(String key) throws IOException {
    Answer answer = get("/_groupcache/echo/" + key);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("bad-request");
    assertThat(answer.text()).startsWith("The server can't read this request");
  }

  @ParameterizedTest
  @CsvSource({"values;%zz/x", "values/x;%", "values/x;a=b%4"})
  void whatCantBeReadBehindASemicolonIsRefusedInPlainWords(String path) throws IOException {
    Answer answer = get("/_groupcache/" + path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("bad-request");
    assertThat(answer.headers()).containsEntry("Content-Type", "text/plain;charset=UTF-8");
  }

  @Test
  void aKeyBeyondTheHeaderLimitIsRefused() throws IOException {
    Answer answer = get("/_groupcache/echo/" + "k".repeat(20_000));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .startsWith("The server can't read the first line of this request")
        .contains("server.max-http-request-header-size");
  }

  @Test
  void headersBeyondTheLimitAreRefused() throws IOException {
    Answer answer =
        send(
            "GET /_groupcache/echo/k HTTP/1.1\r\nHost: a\r\nX-Long: "
                + "x".repeat(20_000)
                + "\r\n\r\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("server.max-http-request-header-size");
  }

  @ParameterizedTest
  @CsvSource({"/search?q={x}, true", "/search/%00, false"})
  void otherRequestsThatTheServerRefusesAreNotTakenForAPeers(String target, boolean unreadable)
      throws IOException {
    Answer answer = get(target);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEmpty();
    assertThat(answer.text().startsWith("The server can't read the first line"))
        .isEqualTo(unreadable);
  }

  @Test
  void refusedRequestsCountAsNothing() throws IOException {
    Group group = app.bean(GroupCache.class).group("values");
    var before = group.stats();

    get("/_groupcache/values/%4");
    get("/_groupcache/values/%00");
    get("/_groupcache/values/x?y");
    get("/_groupcache/values/" + "k".repeat(20_000));
    send("POST /_groupcache/values/x HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(group.stats()).isEqualTo(before);
  }

  private static Answer get(String target) throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      return connection.get(target);
    }
  }

  private static Answer send(String request) throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      return connection.send(request);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter values() {
      return (context, key, dest) -> {
        switch (key) {
          case "x" -> dest.setString("x");
          case "empty" -> dest.setString("");
          case "binary" -> dest.setBytes(new byte[] {0, -1, -2});
          case "broken" -> throw new IOException("the disk is on fire");
          default -> throw new KeyNotFoundException(key);
        }
      };
    }

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }
  }
}
