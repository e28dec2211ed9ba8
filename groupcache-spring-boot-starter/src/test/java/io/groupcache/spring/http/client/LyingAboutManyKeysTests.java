package io.groupcache.spring.http.client;

import static io.groupcache.spring.http.client.TalkingPeer.OK;
import static io.groupcache.spring.http.client.TalkingPeer.TRUTH;
import static io.groupcache.spring.http.client.TalkingPeer.ascii;
import static io.groupcache.spring.http.client.TalkingPeer.error;
import static io.groupcache.spring.http.client.TalkingPeer.many;
import static io.groupcache.spring.http.client.TalkingPeer.say;
import static io.groupcache.spring.http.client.TalkingPeer.value;
import static io.groupcache.spring.http.client.TalkingPeer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import io.groupcache.ByteView;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.Sinks;
import io.groupcache.groupcachepb.GetManyResponse;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.PeerState;
import io.groupcache.spring.http.client.TalkingPeer.Kind;
import io.groupcache.spring.http.client.TalkingPeer.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a peer answers about many keys, everybody gets the right value of its own key. */
@Timeout(60)
class LyingAboutManyKeysTests {

  private static final List<String> KEYS = List.of("a", "b", "c");

  /** So patient that on the busiest machine no answer is late. */
  private static final PeerConnectionSettings PATIENT = settings(Duration.ofSeconds(20));

  /** For answers that never end. */
  private static final PeerConnectionSettings HASTY = settings(Duration.ofMillis(400));

  private static Stream<Arguments> lies() {
    KeyResponse a = value(0, "a");
    KeyResponse b = value(1, "b");
    KeyResponse c = value(2, "c");
    GetManyResponse all = many(a, b, c);
    byte[] bytes = all.toByteArray();
    return Stream.of(
        lie("garbage", ascii("<html>")),
        lie("nothing", new byte[0]),
        lie("half a message", Arrays.copyOf(bytes, bytes.length - 3)),
        lie("a message and more", Arrays.copyOf(bytes, bytes.length + 1)),
        lie("an index that was not asked", many(a, b, c, value(99, "d"))),
        lie("a negative index", many(a, b, c.toBuilder().setIndex(-1).build())),
        lie("no index", many(a.toBuilder().clearIndex().build(), b, c)),
        lie("an index twice", many(a, value(0, "b"), b, c)),
        lie("one index for all", many(a, value(0, "b"), value(0, "c"))),
        lie("value and error", many(a, b.toBuilder().setError("load-failed").build(), c)),
        lie("value and loading", many(a, b.toBuilder().setLoading(1).build(), c)),
        lie("error and loading", many(a, error(1, "x").toBuilder().setLoading(1).build(), c)),
        lie("neither of them", many(a, b.toBuilder().clearResponse().build(), c)),
        lie("no value", many(a, b.toBuilder().setResponse(noValue()).build(), c)),
        lie("a key missing", many(a, c)),
        arguments("half an answer", PATIENT, breakingOff("Content-Length: 1000", bytes)),
        arguments(
            "half a chunk",
            PATIENT,
            breakingOff("Transfer-Encoding: chunked", ascii("20\r\n\u0010"))),
        arguments("no length", PATIENT, breakingOff("Connection: close", bytes)),
        arguments("no end", PATIENT, (Script) (request, out) -> sayChunksForEver(out)),
        arguments("silence", HASTY, (Script) (request, out) -> fallSilent()),
        arguments(
            "silence after a word",
            HASTY,
            (Script)
                (request, out) -> {
                  write(out, ascii(OK + "Content-Length: 1000\r\n\r\n"));
                  write(out, bytes);
                  fallSilent();
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void itCostsEachKeyOnePeerErrorAndTwiceThePeerItsGoodName(
      String what, PeerConnectionSettings settings, Script lie) throws IOException {
    try (TalkingPeer peer = TalkingPeer.aboutMany(lie);
        OnePeerRing ring = new OnePeerRing(peer.url(), settings)) {
      assertThat(text(ring.group.getAll(KEYS))).containsExactly("local a", "local b", "local c");

      assertThat(ring.group.stats().peerErrors()).isEqualTo(3);
      assertThat(peer.requests(Kind.MANY)).hasSize(1);
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);

      assertThat(text(ring.group.getAll(List.of("d", "e", "f"))))
          .containsExactly("local d", "local e", "local f");

      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.DOWN);
      int asked = peer.requests().size();
      assertThat(text(ring.group.getAll(List.of("g", "h")))).containsExactly("local g", "local h");
      assertThat(peer.requests()).hasSize(asked);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void getsThatGoTogetherAreAllRight(String what, PeerConnectionSettings settings, Script lie)
      throws Exception {
    try (TalkingPeer peer = TalkingPeer.aboutMany(lie);
        OnePeerRing ring = new OnePeerRing(peer.url(), settings)) {
      List<CompletableFuture<Void>> callers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String prefix = "caller " + i + " ";
        callers.add(
            Threads.run(() -> {
              for (int j = 0; j < 5; j++) {
                String key = prefix + j;
                assertThat(ring.group.get(key, Sinks.string()))
                    .isIn(TalkingPeer.valueOf(key), "local " + key);
              }
            }));
      }
      for (CompletableFuture<Void> caller : callers) {
        caller.get(50, TimeUnit.SECONDS);
      }
      assertThat(ring.group.stats().gets()).isEqualTo(80);
    }
  }

  @Test
  void theNextPeerIsAskedWhereOneLies() throws IOException {
    try (TalkingPeer liar = TalkingPeer.aboutMany((request, out) -> say(out, OK, ascii("<html>")));
        TalkingPeer honest = new TalkingPeer(TRUTH);
        OnePeerRing ring = new OnePeerRing(liar.url(), PATIENT)) {
      ring.pool.set(liar.url(), honest.url());
      List<String> keys = Stream.iterate(0, i -> i + 1).limit(200).map(i -> "k" + i).toList();

      assertThat(text(ring.group.getAll(keys)))
          .containsExactlyElementsOf(keys.stream().map(TalkingPeer::valueOf).toList());

      assertThat(liar.requests(Kind.MANY)).isNotEmpty();
      assertThat(ring.group.stats().loadsLocal()).isZero();
    }
  }

  @Test
  void aValueThatIsTooLongIsThatKeysFailureAndNotThePeers() throws IOException {
    KeyResponse tooLong =
        KeyResponse.newBuilder()
            .setIndex(1)
            .setResponse(GetResponse.newBuilder().setValue(ByteString.copyFrom(new byte[100_000])))
            .build();
    try (TalkingPeer peer = sayingOfB(tooLong);
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertOnlyBIsLocal(ring, peer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overloaded", "no-such-group", "unheard-of", ""})
  void anErrorOfOneKeyIsThatKeysAlone(String code) throws IOException {
    try (TalkingPeer peer = sayingOfB(error(1, code));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertOnlyBIsLocal(ring, peer);
    }
  }

  @Test
  void theOwnersLastWordIsNotAskedForElsewhere() throws IOException {
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) ->
                say(out, many(error(0, "key-not-found"), error(1, "load-failed"), value(2, "c"))));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      Map<String, RuntimeException> failures = ring.group.getAll(KEYS).failures();

      assertThat(failures).containsOnlyKeys("a", "b");
      assertThat(failures.get("a")).isInstanceOf(KeyNotFoundException.class);
      assertThat(failures.get("b")).isInstanceOf(LoadException.class);
      assertThat(ring.group.stats().loadsLocal()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n",
        "HTTP/1.1 400 Bad Request\r\nGroupcache-Error: bad-request\r\n",
        "HTTP/1.1 404 Not Found\r\n",
        "HTTP/1.1 405 Method Not Allowed\r\nGroupcache-Error: bad-request\r\n",
        "HTTP/1.1 301 Moved\r\nLocation: /\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf2\r\n",
        "HTTP/1.1 500 Oops\r\n",
        "HTTP/1.1 501 Not Implemented\r\n",
        "HTTP/1.1 404 No\r\nGroupcache-Error: key-not-found\r\n",
        "HTTP/1.1 500 No\r\nGroupcache-Error: load-failed\r\n",
      })
  void aPeerThatDoesNotSpeakOfManyIsAskedKeyByKeyAndNobodyFails(String refusal) throws Exception {
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) -> say(out, refusal, ascii("no")));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(text(ring.group.getAll(KEYS)))
          .containsExactly("value of a", "value of b", "value of c");
      List<CompletableFuture<String>> gets = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String key = "k" + i;
        gets.add(Threads.supply(() -> ring.group.get(key, Sinks.string())));
      }
      for (int i = 0; i < 16; i++) {
        assertThat(gets.get(i).get(20, TimeUnit.SECONDS)).isEqualTo("value of k" + i);
      }

      assertThat(ring.group.stats().peerErrors()).isZero();
      assertThat(ring.group.stats().loadsPeer()).isEqualTo(19);
      assertThat(peer.requests(Kind.MANY)).hasSize(1);
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 401 No\r\nGroupcache-Error: unauthorized\r\n",
        "HTTP/1.1 503 No\r\nGroupcache-Error: overloaded\r\n",
        "HTTP/1.1 404 No\r\nGroupcache-Error: no-such-group\r\n",
        "HTTP/1.1 502 Bad Gateway\r\n",
        "HTTP/1.1 503 Service Unavailable\r\n",
        "HTTP/1.1 504 Gateway Timeout\r\n",
        "HTTP/1.1 504 No\r\nGroupcache-Error: still-loading\r\n",
      })
  void whatIsSaidOfAllKeysIsSaidOfEach(String refusal) throws IOException {
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) -> say(out, refusal, ascii("no")));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(text(ring.group.getAll(KEYS))).containsExactly("local a", "local b", "local c");

      assertThat(ring.group.stats().peerErrors()).isEqualTo(3);
      assertThat(peer.requests()).hasSize(1);
    }
  }

  /** Values that are longer than one may be, all of them: nothing that is wrong with the peer. */
  @Test
  void anAnswerThatSaysThatItIsTooLongIsNotReadAndNotHeldAgainstThePeer() throws IOException {
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) -> {
              write(out, ascii(OK + "Content-Length: 2000000000\r\n\r\n"));
              fallSilent();
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (String key : KEYS) {
        assertThat(text(ring.group.getAll(List.of(key)))).containsExactly("local " + key);
      }
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
    }
  }

  @Test
  void theConnectionIsGoodForMore() throws IOException {
    try (TalkingPeer peer = new TalkingPeer(TRUTH);
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (int i = 0; i < 10; i++) {
        ring.group.getAll(List.of("a" + i, "b" + i));
      }
      assertThat(ring.group.stats().loadsPeer()).isEqualTo(20);
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatHasGoneStaleCostsNoPeerError() throws IOException {
    try (TalkingPeer peer =
            new TalkingPeer((request, out) -> {
              TRUTH.say(request, out);
              throw new IOException("closed without a word");
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (int i = 0; i < 10; i++) {
        ring.group.getAll(List.of("a" + i, "b" + i));
      }
      assertThat(ring.group.stats().peerErrors()).isZero();
      assertThat(ring.group.stats().loadsPeer()).isEqualTo(20);
    }
  }

  private static TalkingPeer sayingOfB(KeyResponse b) throws IOException {
    return TalkingPeer.aboutMany((request, out) ->
        say(out, many(value(2, request.keys().get(2)), b, value(0, request.keys().get(0)))));
  }

  private static void assertOnlyBIsLocal(OnePeerRing ring, TalkingPeer peer) {
    for (int i = 0; i < 4; i++) {
      assertThat(text(ring.group.getAll(List.of("a" + i, "b" + i, "c" + i))))
          .containsExactly("value of a" + i, "local b" + i, "value of c" + i);
    }
    assertThat(ring.group.stats().peerErrors()).isEqualTo(4);
    assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
  }

  private static List<String> text(Map<String, ByteView> values) {
    return values.values().stream().map(ByteView::utf8).toList();
  }

  private static GetResponse noValue() {
    return GetResponse.newBuilder().setMinuteQps(1).build();
  }

  private static Arguments lie(String what, GetManyResponse message) {
    return lie(what, message.toByteArray());
  }

  private static Arguments lie(String what, byte[] body) {
    return arguments(what, PATIENT, (Script) (request, out) -> say(out, OK, body));
  }

  private static Script breakingOff(String header, byte[] body) {
    return (request, out) -> {
      write(out, ascii(OK + header + "\r\n\r\n"));
      write(out, body);
      throw new IOException("enough");
    };
  }

  /** Until the client has had enough. */
  private static void sayChunksForEver(OutputStream out) throws IOException {
    write(out, ascii(OK + "Transfer-Encoding: chunked\r\n\r\n"));
    byte[] chunk = ascii("10000\r\n" + "\n".repeat(0x10000) + "\r\n");
    while (true) {
      write(out, chunk);
    }
  }

  /** Until the test is over. */
  private static void fallSilent() throws IOException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static PeerConnectionSettings settings(Duration readTimeout) {
    return new PeerConnectionSettings(
        "/_groupcache/", Duration.ofSeconds(10), readTimeout, 16, 1024);
  }
}
