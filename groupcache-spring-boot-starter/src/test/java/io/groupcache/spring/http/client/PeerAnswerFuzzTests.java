package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.google.protobuf.ByteString;
import io.groupcache.GetContext;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.PeerException;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Whatever a peer answers, it is what its bytes say or a failure of that peer, and the next request
 * on the one connection there may be is answered as if nothing had been.
 */
class PeerAnswerFuzzTests {

  private static final int MAX_RESPONSE_BYTES = 1024;
  private static final int MORE_THREADS = 10;

  /** So patient that on the busiest machine no answer is late. */
  private static final PeerConnectionSettings SETTINGS =
      new PeerConnectionSettings(
          "/_groupcache/", Duration.ofSeconds(30), Duration.ofSeconds(30), 1, MAX_RESPONSE_BYTES);

  /** For answers that may never end. */
  private static final Duration SHORT = Duration.ofMillis(20);

  private static ScriptedPeer peer;
  private static PeerConnections connections;
  private static int threads;
  private static int asked;
  private static int values;

  @BeforeAll
  static void start() throws IOException {
    peer = new ScriptedPeer();
    connections =
        new PeerConnections(SETTINGS, SharedSecret.none(), null, List.of(), ProcessId.random());
    assertAnswersAsItShould();
    threads = ManagementFactory.getThreadMXBean().getThreadCount();
  }

  @AfterAll
  static void nothingStaysBehind() {
    System.err.println(asked + " answers, of which " + values + " were values");
    assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
        .isLessThanOrEqualTo(threads + MORE_THREADS);
    connections.close();
    peer.close();
  }

  /**
   * The first byte of {@code input} tells whether the connection ends with the answer, the others
   * are the answer.
   */
  @DictionaryFile(resourcePath = "peer-answer.dict")
  @FuzzTest(maxExecutions = 5_000, maxDuration = "10m")
  void itIsWhatItsBytesSayOrAFailure(byte @NotNull [] input) {
    boolean thenClose = input.length == 0 || input[0] % 2 == 0;
    byte[] answer = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
    peer.answerNext(answer, thenClose);

    GetContext context = GetContext.background();
    Optional<ByteString> value = get(thenClose ? context : context.withTimeout(SHORT), "k" + asked);
    peer.answerAsItShould(); // a get whose time was up may not have come to the answer

    value.ifPresent(bytes -> checkValue(bytes, answer));
    if (thenClose) { // else it may have come too late
      SaidValue.of(answer)
          .filter(said -> said.bodyLength() <= MAX_RESPONSE_BYTES)
          .ifPresent(said -> assertThat(value).isPresent());
    }
    assertAnswersAsItShould();
    asked++;
  }

  private static void checkValue(ByteString value, byte[] answer) {
    if (value.toStringUtf8().equals(ScriptedPeer.valueOf("k" + asked))) {
      return; // the answer was none, so the peer was asked again
    }
    values++;
    assertThat(value.size()).isLessThanOrEqualTo(MAX_RESPONSE_BYTES);
    SaidValue.of(answer)
        .ifPresentOrElse(
            said -> assertThat(value).isEqualTo(said.value()),
            () -> assertThat(SaidValue.canHold(answer, value)).isTrue());
  }

  /** A value, or nothing where the peer has not given one; every other failure is a bug. */
  private static Optional<ByteString> get(GetContext context, String key) {
    GetRequest request = GetRequest.newBuilder().setGroup("g").setKey(key).build();
    try {
      // A new way to the peer each time, on the same connections: its breaker has seen nothing yet.
      return Optional.of(connections.apply(peer.url()).get(context, request).getValue());
    } catch (KeyNotFoundException | LoadException | PeerException e) {
      assertThat(e.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }

  private static void assertAnswersAsItShould() {
    String key = "good" + asked;
    assertThat(get(GetContext.background(), key).map(ByteString::toStringUtf8))
        .hasValue(ScriptedPeer.valueOf(key));
  }
}
