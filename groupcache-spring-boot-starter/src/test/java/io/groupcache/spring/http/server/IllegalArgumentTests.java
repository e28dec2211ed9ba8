package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.PeerContextFactory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An illegal argument within this peer is no fault of the one that asks. */
@Timeout(60)
class IllegalArgumentTests {

  private static RunningApp app;

  @BeforeAll
  static void start() {
    app = RunningApp.start(App.class, "groupcache.max-key-bytes=100B");
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void oneOfTheGettersIsAFailedLoad() throws IOException {
    Answer answer = get("/_groupcache/picky/x", "");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.error()).isEqualTo("load-failed");
  }

  @Test
  void soIsOneOfManyKeysAndOneThatIsWaitedFor() throws IOException {
    try (PeerAsker asker = new PeerAsker(app)) {
      assertThat(asker.outcomes("picky", "x", "y"))
          .extracting(KeyResponse::getError)
          .containsExactly("load-failed", "load-failed");

      List<Long> named = asker.load("slow", "x");
      app.bean(GatedApp.Gate.class).open();
      assertThat(asker.await(named).getKeyList())
          .extracting(KeyResponse::getError)
          .containsExactly("load-failed");
    }
  }

  @Test
  void oneOfWhatMakesTheContextIsNoMalformedRequest() throws IOException {
    Answer answer = get("/_groupcache/picky/x", "X-Tenant: nobody\r\n");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.error()).isEmpty();
  }

  @Test
  void oneThatNobodyExpectedIsNotTheKeysLastWord() {
    IllegalArgumentException failure = new IllegalArgumentException("of who knows what");

    assertThat(KeyFailure.of(failure, load -> "failed").error()).isNull();
  }

  @Test
  void aKeyThatCantBeOneIsABadRequest() throws IOException {
    String key = "k".repeat(101);
    assertThat(get("/_groupcache/picky/" + key, "").error()).isEqualTo("bad-request");
    try (PeerAsker asker = new PeerAsker(app)) {
      assertThat(asker.outcomes("picky", key))
          .extracting(KeyResponse::getError)
          .containsExactly("bad-request");
    }
  }

  private static Answer get(String target, String headers) throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      return connection.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class App extends GatedApp {

    @Bean
    Getter picky() {
      return (context, key, dest) -> {
        throw new IllegalArgumentException("no such thing as " + key);
      };
    }

    @Bean
    Getter slow(Gate gate) {
      return (context, key, dest) -> {
        gate.pass();
        throw new IllegalArgumentException("no such thing as " + key);
      };
    }

    @Bean
    PeerContextFactory contexts() {
      return request -> {
        if (request.getHeader("X-Tenant") != null) {
          throw new IllegalArgumentException("a tenant that does not exist");
        }
        return GetContext.background();
      };
    }
  }
}
