package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Source;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.PeerState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long, and how much, a peer is asked for. */
@Timeout(60)
class PeerLimitsTests {

  private RunningApp app;

  @BeforeEach
  void start() {
    // Two, because an answer can be there before the request that it is for has quite ended.
    app =
        RunningApp.start(
            GatedApp.class,
            "groupcache.server.max-concurrent-requests=2",
            "groupcache.max-key-bytes=100B");
  }

  @AfterEach
  void stop() {
    app.bean(GatedApp.Gate.class).open();
    app.close();
  }

  @Test
  void aPeerThatHasWaitedLongEnoughIsTold() throws IOException {
    Answer answer = send("gated/k", "Groupcache-Timeout: 100\r\n");

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.error()).isEqualTo("still-loading");
    assertThat(answer.text()).contains("'k'");
  }

  @Test
  void theLoadGoesOnForThoseWhoComeLater() throws Exception {
    send("gated/k", "Groupcache-Timeout: 100\r\n");
    app.bean(GatedApp.Gate.class).open();

    assertThat(send("gated/k", "").status()).isEqualTo(200);
    assertThat(app.bean(GroupCache.class).group("gated").stats().loadsLocal()).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsThereIsGivenHoweverLittleTimeThereIs() throws IOException {
    send("echo/k", "");

    assertThat(send("echo/k", "Groupcache-Timeout: 0\r\n").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "1s", "99999999999999999999"})
  void aTimeoutThatMakesNoSenseIsABadRequest(String value) throws IOException {
    Answer answer = send("echo/k", "Groupcache-Timeout: " + value + "\r\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("bad-request");
    assertThat(answer.text()).contains("Groupcache-Timeout");
  }

  @Test
  void theLongestTimeoutIsAsGoodAsAny() throws IOException {
    assertThat(send("echo/k", "Groupcache-Timeout: 9223372036854775807\r\n").status())
        .isEqualTo(200);
  }

  @Test
  void aKeyThatIsTooLongIsABadRequest() throws IOException {
    assertThat(send("echo/" + "k".repeat(100), "").status()).isEqualTo(200);

    Answer answer = send("echo/" + "k".repeat(101), "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("bad-request");
    assertThat(answer.text()).contains("groupcache.max-key-bytes");
  }

  @Test
  void moreRequestsThanItCanHoldAreRefusedAndTheAskerGoesElsewhere() throws Exception {
    try (RunningApp asker = RunningApp.start(GatedApp.class)) {
      asker.bean(HttpPool.class).set(app.url());
      Group gated = asker.bean(GroupCache.class).group("gated");
      Group echo = asker.bean(GroupCache.class).group("echo");
      CompletableFuture<Source> first = Threads.supply(() -> source(gated, "first"));
      CompletableFuture<Source> second = Threads.supply(() -> source(gated, "second"));
      app.bean(GatedApp.Gate.class).awaitLoads(2);

      Answer answer = send("echo/k", "");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.error()).isEqualTo("overloaded");
      assertThat(answer.text()).contains("groupcache.server.max-concurrent-requests");
      for (int i = 0; i < 6; i++) {
        assertThat(source(echo, "k" + i)).isEqualTo(Source.LOAD);
      }
      assertThat(asker.bean(HttpPool.class).state(app.url())).isEqualTo(PeerState.UP);

      app.bean(GatedApp.Gate.class).open();
      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(Source.PEER);
      assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(Source.PEER);
      assertThat(source(echo, "afterwards")).isEqualTo(Source.PEER);
    }
  }

  @Test
  void whoDoesNotReadTheAnswerKeepsNobodyElseFromOne() throws IOException {
    try (Socket one = askAndDoNotRead("large/k");
        Socket other = askAndDoNotRead("large/k")) {
      assertThat(send("echo/k", "").status()).isEqualTo(200);
      assertThat(one.isConnected() && other.isConnected()).isTrue();
    }
  }

  /** Returns when the first byte of the answer is there. */
  private Socket askAndDoNotRead(String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1024);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), app.port()));
    String request = "GET /_groupcache/" + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  private Answer send(String path, String headers) throws IOException {
    try (RawHttp http = new RawHttp(app.port())) {
      return http.send("GET /_groupcache/" + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
    }
  }

  private static Source source(Group group, String key) {
    return group.getResult(GetContext.background(), key).source();
  }
}
