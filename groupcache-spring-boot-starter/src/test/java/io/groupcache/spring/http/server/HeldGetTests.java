package io.groupcache.spring.http.server;

import static io.groupcache.spring.http.server.PeerAsker.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.server.GatedApp.Gate;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.LoadingHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A GET whose key has to be loaded: it takes no thread of the server's meanwhile. */
@Timeout(60)
class HeldGetTests {

  private RunningApp app;
  private Gate gate;

  @BeforeEach
  void start() {
    app = RunningApp.start(MixedApp.class, "server.tomcat.threads.max=2");
    gate = app.bean(Gate.class);
  }

  @AfterEach
  void stop() {
    gate.open();
    app.close();
  }

  @Test
  void manyOfThemKeepNobodyFromWhatIsAtHandAndAllGetTheirValues() throws Exception {
    PeerController controller = app.bean(PeerController.class);
    int permits = controller.freePermits();
    List<RawHttp> held = new ArrayList<>();
    try (RawHttp connection = new RawHttp(app.port())) {
      connection.get("/_groupcache/mixed/held");
      for (int i = 0; i < 50; i++) {
        RawHttp asker = new RawHttp(app.port());
        held.add(asker);
        asker.write("GET /_groupcache/mixed/slow" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
      }
      gate.awaitLoads(50);

      assertThat(connection.get("/_groupcache/mixed/held").text()).endsWith("held");
      assertThat(connection.get("/_groupcache/mixed/quick").text()).endsWith("quick");
      gate.open();
      for (int i = 0; i < 50; i++) {
        Answer answer = held.get(i).readAnswer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).endsWith("slow" + i);
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> controller.freePermits() == permits);
    } finally {
      for (RawHttp asker : held) {
        asker.close();
      }
    }
  }

  @Test
  void whoKnowsHowToWaitIsSoonToldWhichLoadToWaitFor() throws IOException {
    try (RawHttp connection = new RawHttp(app.port());
        PeerAsker asker = new PeerAsker(app)) {
      Answer answer =
          connection.send(
              """
              GET /_groupcache/mixed/slow HTTP/1.1\r
              Host: a\r
              Groupcache-Asker: 0000000000000001\r
              \r
              """);

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.error()).isEqualTo("still-loading");
      KeyAnswer.Loading load =
          Objects.requireNonNull(LoadingHeaders.read(answer.headers().get(LoadingHeaders.LOADING)));
      assertThat(load.process()).isEqualTo(app.bean(PeerController.class).processId().value());
      asker.beginToAwait(List.of(load.id()));
      gate.open();
      assertThat(asker.readAnswer().getKeyList()).containsExactly(value(0, "slow"));
    }
  }

  @Test
  void whoDoesNotIsToldNearTheEndOfItsTime() throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      Answer answer =
          connection.send(
              "GET /_groupcache/mixed/slow HTTP/1.1\r\nHost: a\r\nGroupcache-Timeout: 300\r\n\r\n");

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.error()).isEqualTo("still-loading");
      assertThat(answer.headers()).doesNotContainKey(LoadingHeaders.LOADING);
    }
  }

  @Test
  void aFailureIsAnsweredWithItsStatusToo() throws Exception {
    try (RawHttp missing = new RawHttp(app.port());
        RawHttp broken = new RawHttp(app.port())) {
      missing.write("GET /_groupcache/mixed/slow%20missing HTTP/1.1\r\nHost: a\r\n\r\n");
      broken.write("GET /_groupcache/mixed/slow%20broken HTTP/1.1\r\nHost: a\r\n\r\n");
      gate.awaitLoads(2);
      gate.open();

      assertThat(missing.readAnswer().error()).isEqualTo("key-not-found");
      assertThat(broken.readAnswer().error()).isEqualTo("load-failed");
    }
  }
}
