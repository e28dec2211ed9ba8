package io.groupcache.spring.http.client;

import static io.groupcache.spring.http.client.TalkingPeer.OK;
import static io.groupcache.spring.http.client.TalkingPeer.TRUTH;
import static io.groupcache.spring.http.client.TalkingPeer.ascii;
import static io.groupcache.spring.http.client.TalkingPeer.beginChunks;
import static io.groupcache.spring.http.client.TalkingPeer.chunk;
import static io.groupcache.spring.http.client.TalkingPeer.delimited;
import static io.groupcache.spring.http.client.TalkingPeer.endChunks;
import static io.groupcache.spring.http.client.TalkingPeer.sized;
import static io.groupcache.spring.http.client.TalkingPeer.value;
import static io.groupcache.spring.http.client.TalkingPeer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import io.groupcache.ByteView;
import io.groupcache.GetContext;
import io.groupcache.Sinks;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.PeerState;
import io.groupcache.spring.http.client.TalkingPeer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
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

  private static final KeyResponse MARKER = KeyResponse.getDefaultInstance();

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void itIsOnePeerErrorAKeyAndOneFailureOfThePeer(
      String what, PeerConnectionSettings settings, int right, Script lie) throws IOException {
    // What is right in an answer that never ends has to be there in time.
    PeerConnectionSettings patient =
        settings.equals(HASTY) ? settings(Duration.ofSeconds(3)) : settings;
    try (TalkingPeer peer = TalkingPeer.aboutMany(lie);
        OnePeerRing ring = new OnePeerRing(peer.url(), patient)) {
      Map<String, ByteView> all = ring.group.getAll(KEYS);

      assertThat(all.keySet()).containsExactlyElementsOf(KEYS);
      for (int i = 0; i < KEYS.size(); i++) {
        String key = KEYS.get(i);
        assertThat(utf8(all, key)).isEqualTo(i < right ? TalkingPeer.valueOf(key) : "local " + key);
      }
      assertThat(ring.group.stats().loadsPeer()).isEqualTo(right);
      assertThat(ring.group.stats().peerErrors()).isEqualTo(KEYS.size() - right);
      assertThat(peer.requestsForMany()).isEqualTo(1);
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void gatheredGetsAreAllRight(String what, PeerConnectionSettings settings, int right, Script lie)
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

  private static Stream<Arguments> lies() {
    return Stream.of(
        lie("garbage", 0, keys -> ascii("<html>")),
        lie("nothing", 0, keys -> bytes()),
        lie("an index that was not asked", 1, keys -> bytes(a(keys), value(99, "d"), b(keys))),
        lie("a huge index", 1, keys -> bytes(a(keys), b(keys).toBuilder().setIndex(-1).build())),
        lie("a key twice", 1, keys -> bytes(a(keys), value(0, "another"), b(keys))),
        lie(
            "value and error",
            1,
            keys -> bytes(a(keys), b(keys).toBuilder().setError("x").build())),
        lie(
            "neither of them",
            1,
            keys -> bytes(a(keys), b(keys).toBuilder().clearResponse().build())),
        lie("no value", 1, keys -> bytes(a(keys), b(keys).toBuilder().setResponse(none()).build())),
        lie("an early end", 2, keys -> bytes(a(keys), b(keys))),
        lie(
            "an early end within a message",
            1,
            keys -> Arrays.copyOf(bytes(a(keys), b(keys)), bytes(a(keys), b(keys)).length - 3)),
        lie(
            "a length that is too great",
            1,
            keys -> changed(bytes(a(keys), b(keys), b(keys)), bytes(a(keys)).length, 1)),
        lie(
            "a length that is too small",
            1,
            keys -> changed(bytes(a(keys), b(keys), b(keys)), bytes(a(keys)).length, -1)),
        lie("a negative length", 1, keys -> join(bytes(a(keys)), new byte[] {-1, -1, -1, -1, 15})),
        lie(
            "a length without end",
            1,
            keys -> join(bytes(a(keys)), new byte[] {-1, -1, -1, -1, -1, -1, -1})),
        script("half an answer", PATIENT, 2, LyingAboutManyKeysTests::sayHalf),
        script("half a chunk", PATIENT, 2, LyingAboutManyKeysTests::sayHalfOfAChunk),
        script("no length", PATIENT, 0, LyingAboutManyKeysTests::sayWithoutLength),
        script("a huge message", HASTY, 1, LyingAboutManyKeysTests::promiseMuch),
        script("markers without end", HASTY, 1, LyingAboutManyKeysTests::sayMarkersForEver),
        script("silence after a word", HASTY, 1, LyingAboutManyKeysTests::fallSilent),
        script("silence", HASTY, 0, (request, out) -> pause()));
  }

  @Test
  void whatComesWhenAllHasBeenSaidCostsNobodyHisValue() throws IOException {
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) -> {
              beginChunks(out);
              chunk(out, bytes(value(0, "a"), value(1, "b"), value(2, "c")));
              while (true) {
                chunk(out, bytes(MARKER));
              }
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      Map<String, ByteView> all = ring.group.getAll(KEYS);

      assertThat(all.values()).extracting(ByteView::utf8).allMatch(v -> v.startsWith("value of"));
      assertThat(ring.group.stats().peerErrors()).isZero();
    }
  }

  @Test
  void aPeerThatLiesAgainIsLeftAlone() throws IOException {
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) -> write(out, sized(OK, ascii("<html>"))));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      ring.group.getAll(KEYS);
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
      ring.group.getAll(List.of("d", "e"));
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.DOWN);
    }
  }

  @Test
  void aValueThatIsTooLongIsThatKeysFailureAndNotThePeers() throws IOException {
    KeyResponse tooLong =
        KeyResponse.newBuilder()
            .setIndex(1)
            .setResponse(GetResponse.newBuilder().setValue(ByteString.copyFrom(new byte[100_000])))
            .build();
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) -> {
              List<String> keys = request.keys();
              write(out, sized(OK, bytes(a(keys), tooLong, value(2, keys.get(2)))));
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (int i = 0; i < 4; i++) {
        Map<String, ByteView> all = ring.group.getAll(List.of("a" + i, "b" + i, "c" + i));
        assertThat(utf8(all, "b" + i)).isEqualTo("local b" + i);
        assertThat(utf8(all, "a" + i)).isEqualTo("value of a" + i);
        assertThat(utf8(all, "c" + i)).isEqualTo("value of c" + i);
      }
      assertThat(ring.group.stats().peerErrors()).isEqualTo(4);
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n",
        "HTTP/1.1 404 Not Found\r\n",
        "HTTP/1.1 405 Method Not Allowed\r\nGroupcache-Error: bad-request\r\n",
        "HTTP/1.1 301 Moved\r\nLocation: /\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf2\r\n",
        "HTTP/1.1 500 Oops\r\n",
        "HTTP/1.1 501 Not Implemented\r\n",
        "HTTP/1.1 404 No\r\nGroupcache-Error: key-not-found\r\n",
        "HTTP/1.1 500 No\r\nGroupcache-Error: load-failed\r\n",
      })
  void aPeerThatDoesNotSpeakOfManyIsAskedKeyByKeyAndNobodyFails(String refusal) throws Exception {
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) -> write(out, sized(refusal, ascii("no"))));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(ring.group.getAll(KEYS).values())
          .extracting(ByteView::utf8)
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
      assertThat(peer.requestsForMany()).isEqualTo(1);
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
      })
  void whatIsSaidOfAllKeysIsSaidOfEach(String refusal) throws IOException {
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) -> write(out, sized(refusal, ascii("no"))));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(ring.group.getAll(KEYS).values())
          .extracting(ByteView::utf8)
          .containsExactly("local a", "local b", "local c");

      assertThat(ring.group.stats().peerErrors()).isEqualTo(3);
      assertThat(peer.requests()).hasSize(1);
    }
  }

  @Test
  void theConnectionIsGoodForMore() throws IOException {
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) -> {
              beginChunks(out);
              chunk(out, bytes(value(1, request.keys().get(1)), MARKER));
              chunk(out, bytes(value(0, request.keys().get(0))));
              endChunks(out);
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (int i = 0; i < 10; i++) {
        ring.group.getAll(List.of("a" + i, "b" + i));
      }
      assertThat(ring.group.stats().loadsPeer()).isEqualTo(20);
      assertThat(peer.connections()).isLessThan(5);
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

  @Test
  void nothingIsHeldAgainstAPeerWhoseAnswersWereNotWaitedFor() throws IOException {
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) -> {
              beginChunks(out);
              chunk(out, new byte[] {100, 8, 0}); // the beginning of a message
              pause();
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (int i = 0; i < 4; i++) {
        GetContext context = GetContext.background().withTimeout(Duration.ofMillis(100));
        ring.group.getAll(context, List.of("a" + i, "b" + i));
      }
      assertThat(peer.requestsForMany()).isPositive();
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
    }
  }

  private static KeyResponse a(List<String> keys) {
    return value(0, keys.get(0));
  }

  private static KeyResponse b(List<String> keys) {
    return value(1, keys.get(1));
  }

  private static Arguments lie(String what, int right, Function<List<String>, byte[]> body) {
    return script(
        what, PATIENT, right, (request, out) -> write(out, sized(OK, body.apply(request.keys()))));
  }

  private static Arguments script(
      String what, PeerConnectionSettings settings, int right, Script script) {
    return arguments(what, settings, right, script);
  }

  private static byte[] bytes(KeyResponse... messages) {
    try {
      return delimited(messages);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String utf8(Map<String, ByteView> all, String key) {
    return Objects.requireNonNull(all.get(key)).utf8();
  }

  private static GetResponse none() {
    return GetResponse.newBuilder().setMinuteQps(1).build();
  }

  private static byte[] changed(byte[] bytes, int index, int by) {
    byte[] changed = bytes.clone();
    changed[index] = (byte) (changed[index] + by);
    return changed;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static void sayHalf(TalkingPeer.Request request, OutputStream out) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(ascii(OK + "Content-Length: 1000\r\n\r\n"));
    body.write(bytes(value(0, request.keys().get(0)), value(1, request.keys().get(1))));
    write(out, body.toByteArray());
    throw new IOException("enough");
  }

  private static void sayHalfOfAChunk(TalkingPeer.Request request, OutputStream out)
      throws IOException {
    beginChunks(out);
    chunk(out, bytes(value(0, request.keys().get(0)), value(1, request.keys().get(1)), MARKER));
    write(out, ascii("20\r\n\u0010"));
    throw new IOException("enough");
  }

  private static void sayWithoutLength(TalkingPeer.Request request, OutputStream out)
      throws IOException {
    write(out, ascii(OK + "Connection: close\r\n\r\n"));
    write(out, bytes(value(0, request.keys().get(0)), value(1, request.keys().get(1))));
    throw new IOException("enough");
  }

  private static void promiseMuch(TalkingPeer.Request request, OutputStream out)
      throws IOException {
    beginChunks(out);
    chunk(out, bytes(value(0, request.keys().get(0))));
    // Index 1, with a value of nearly 2 GB, of which there is little.
    chunk(out, new byte[] {-1, -1, -1, -1, 7, 8, 1, 18, -6, -1, -1, -1, 7, 10, -12, -1, -1, -1, 7});
    pause();
  }

  private static void sayMarkersForEver(TalkingPeer.Request request, OutputStream out)
      throws IOException {
    beginChunks(out);
    chunk(out, bytes(value(0, request.keys().get(0))));
    while (true) {
      chunk(out, bytes(MARKER));
    }
  }

  private static void fallSilent(TalkingPeer.Request request, OutputStream out) throws IOException {
    beginChunks(out);
    chunk(out, bytes(value(0, request.keys().get(0)), MARKER));
    pause();
  }

  /** Longer than the test may take. */
  private static void pause() {
    LockSupport.parkNanos(Duration.ofSeconds(60).toNanos());
  }

  private static PeerConnectionSettings settings(Duration readTimeout) {
    return new PeerConnectionSettings(
        "/_groupcache/", Duration.ofSeconds(10), readTimeout, 16, 1024);
  }
}
