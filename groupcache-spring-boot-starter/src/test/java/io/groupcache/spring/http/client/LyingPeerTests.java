package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.Source;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.PeerState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a peer answers, the caller gets the right value: from a local load, if need be. */
@Timeout(30)
class LyingPeerTests {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\n";

  /** So patient that on the busiest machine no answer is late. */
  private static final PeerConnectionSettings PATIENT = settings(Duration.ofSeconds(10), 4);

  /** For peers whose answer never comes. */
  private static final PeerConnectionSettings HASTY = settings(Duration.ofMillis(300), 4);

  @ParameterizedTest(name = "{0}")
  @MethodSource("noAnswers")
  void whatIsNoAnswerIsAPeerErrorAndALocalLoad(String what, String response) throws IOException {
    try (LyingPeer peer = LyingPeer.saying(response)) {
      assertLoadedLocally(peer);
    }
  }

  private static Stream<Arguments> noAnswers() {
    String message = "\n\u0001x"; // a GetResponse with the value x
    String half = "\nbabc"; // a GetResponse whose value would have 98 bytes (a 'b')
    return Stream.of(
        arguments("garbage", OK + sized("<html>")),
        arguments("fields unheard of", OK + sized("8!")),
        arguments("half a message", OK + "Content-Length: 100\r\n\r\n" + half),
        arguments("half a message to the end", OK + "Connection: close\r\n\r\n" + half),
        arguments("nothing after the headers", OK + "\r\n"),
        arguments("no length", OK + "Connection: close\r\n\r\n" + message),
        arguments("a broken chunk", OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nab"),
        arguments("HTML", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + sized(message)),
        arguments("no content type", "HTTP/1.1 200 OK\r\n" + sized(message)),
        arguments("no such type", "HTTP/1.1 200 OK\r\nContent-Type: ///\r\n" + sized(message)),
        arguments(
            "a redirect", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n" + sized("")),
        arguments("no content", "HTTP/1.1 204 No Content\r\n\r\n"),
        arguments("a part of it", OK.replace("200 OK", "206 Partial") + sized(message)),
        arguments("a status that can't be", OK.replace("200", "000") + sized(message)),
        arguments("not HTTP", "SSH-2.0-OpenSSH_9.2\r\n"),
        arguments("nothing", ""),
        arguments("a proxy's 404", "HTTP/1.1 404 Not Found\r\n" + sized("")),
        arguments(
            "no such group", "HTTP/1.1 404 No\r\nGroupcache-Error: no-such-group\r\n" + sized("")),
        arguments("a Go peer's 500", "HTTP/1.1 500 Oops\r\n" + sized("oops")),
        arguments(
            "a proxy's 503", "HTTP/1.1 503 No\r\nGroupcache-Error: load-failed\r\n" + sized("")),
        arguments(
            "bad request", "HTTP/1.1 400 No\r\nGroupcache-Error: bad-request\r\n" + sized("")));
  }

  @Test
  void anAnswerThatIsTooLongIsAPeerErrorAndALocalLoad() throws IOException {
    String value = "v".repeat(2000);
    try (LyingPeer peer = LyingPeer.saying(OK + sized("\n\u00d0\u000f" + value))) {
      assertLoadedLocally(peer);
    }
  }

  @Test
  void anAnswerThatIsTooLongIsNotHeldAgainstThePeer() throws IOException {
    String value = "v".repeat(2000);
    try (LyingPeer peer = LyingPeer.saying(OK + sized("\n\u00d0\u000f" + value));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (int i = 0; i < 4; i++) {
        ring.group.get("k" + i);
      }
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
    }
  }

  @Test
  void anAnswerWithoutEndIsAPeerErrorAndALocalLoad() throws IOException {
    try (LyingPeer peer = new LyingPeer(LyingPeerTests::writeForEver)) {
      assertLoadedLocally(peer);
    }
  }

  @Test
  void anErrorWithoutEndIsAPeerErrorAndALocalLoad() throws IOException {
    try (LyingPeer peer =
        new LyingPeer(out -> {
          write(out, "HTTP/1.1 500 Oops\r\n\r\n");
          while (true) {
            write(out, "oops ");
          }
        })) {
      assertLoadedLocally(peer);
    }
  }

  @Test
  void aBodyThatTricklesInIsAPeerErrorAndALocalLoad() throws IOException {
    try (LyingPeer peer =
        new LyingPeer(out -> {
          write(out, OK + "Content-Length: 1000\r\n\r\n");
          trickle(out);
        })) {
      assertLoadedLocally(peer, HASTY);
    }
  }

  @Test
  void headersThatTrickleInAreAPeerErrorAndALocalLoad() throws IOException {
    try (LyingPeer peer =
        new LyingPeer(out -> {
          write(out, OK + "X-Slow: ");
          trickle(out);
        })) {
      assertLoadedLocally(peer, HASTY);
    }
  }

  @Test
  void aTlsHandshakeThatTricklesInIsAPeerErrorAndALocalLoad() throws IOException {
    try (LyingPeer peer =
            LyingPeer.speakingFirst(out -> {
              write(out, "\u0016\u0003\u00030\u0000"); // a handshake record of 12 KB
              trickle(out);
            });
        OnePeerRing ring = new OnePeerRing(peer.url().replace("http:", "https:"), HASTY)) {
      assertThat(ring.group.getResult(GetContext.background(), "k").source())
          .isEqualTo(Source.LOAD);
    }
  }

  @Test
  void theWaitForAConnectionIsNoPartOfTheAnswersTime() throws Exception {
    PeerConnectionSettings oneAtATime = settings(Duration.ofSeconds(11), 1);
    LyingPeer.Answer slow =
        out -> {
          LockSupport.parkNanos(Duration.ofSeconds(6).toNanos());
          write(out, OK + "Connection: close\r\n" + sized("\n\u0001x"));
        };
    try (LyingPeer peer = new LyingPeer(slow);
        OnePeerRing ring = new OnePeerRing(peer.url(), oneAtATime)) {
      List<CompletableFuture<GetResult>> gets =
          Stream.of("a", "b")
              .map(key -> Threads.supply(() -> ring.group.getResult(GetContext.background(), key)))
              .toList();

      for (CompletableFuture<GetResult> get : gets) {
        assertThat(get.get().source()).isEqualTo(Source.PEER);
      }
    }
  }

  @Test
  void silenceIsAPeerErrorAndALocalLoad() throws IOException {
    try (LyingPeer peer =
        new LyingPeer(out -> LockSupport.parkNanos(Duration.ofSeconds(10).toNanos()))) {
      assertLoadedLocally(peer, HASTY);
    }
  }

  @Test
  void aPeerThatIsNotThereIsAPeerErrorAndALocalLoad() throws IOException {
    LyingPeer gone = LyingPeer.saying("");
    gone.close();
    assertLoadedLocally(gone);
  }

  @Test
  void thatThereIsNoSuchKeyIsTheOwnersLastWord() throws IOException {
    try (LyingPeer peer =
            LyingPeer.saying("HTTP/1.1 404 No\r\nGroupcache-Error: key-not-found\r\n" + sized(""));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThatThrownBy(() -> ring.group.get("k"))
          .isInstanceOfSatisfying(
              KeyNotFoundException.class, e -> assertThat(e.key()).isEqualTo("k"));
      assertThat(ring.group.stats().loadsLocal()).isZero();
      assertThat(ring.group.stats().peerErrors()).isZero();
    }
  }

  @Test
  void thatTheLoadFailedIsTheOwnersLastWord() throws IOException {
    try (LyingPeer peer =
            LyingPeer.saying(
                "HTTP/1.1 500 No\r\nGroupcache-Error: load-failed\r\n" + sized("on fire"));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThatThrownBy(() -> ring.group.get("k"))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("on fire")
          .hasNoCause();
      assertThat(ring.group.stats().loadsLocal()).isZero();
      assertThat(ring.group.stats().peerErrors()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "0a00, ''", "0a0178, x", "0a0178110000000000002940, x"})
  void anAnswerIsTakenAsItIs(String hex, String value) throws IOException {
    String body = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    try (LyingPeer peer = LyingPeer.saying(OK + sized(body));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      GetResult result = ring.group.getResult(GetContext.background(), "k");

      assertThat(result.source()).isEqualTo(Source.PEER);
      assertThat(result.value().utf8()).isEqualTo(value);
    }
  }

  private static PeerConnectionSettings settings(Duration readTimeout, int connections) {
    return new PeerConnectionSettings(
        "/_groupcache/", Duration.ofSeconds(5), readTimeout, connections, 1024);
  }

  private static void assertLoadedLocally(LyingPeer peer) {
    assertLoadedLocally(peer, PATIENT);
  }

  private static void assertLoadedLocally(LyingPeer peer, PeerConnectionSettings settings) {
    try (OnePeerRing ring = new OnePeerRing(peer.url(), settings)) {
      GetResult result = ring.group.getResult(GetContext.background(), "k");

      assertThat(result.value().utf8()).isEqualTo("local k");
      assertThat(result.source()).isEqualTo(Source.LOAD);
      assertThat(ring.group.stats().peerErrors()).isEqualTo(1);
      assertThat(ring.group.stats().loadsPeer()).isZero();
      assertThat(ring.group.stats().loadsLocal()).isEqualTo(1);
    }
  }

  private static String sized(String body) {
    return "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void writeForEver(OutputStream out) throws IOException {
    write(out, OK + "\r\n");
    while (true) {
      write(out, "x".repeat(1000));
    }
  }

  /** A byte now and then, each well within the read time-out, for longer than the test may take. */
  private static void trickle(OutputStream out) throws IOException {
    for (int i = 0; i < 1000; i++) {
      write(out, "x");
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
