package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that sends more than it was asked for, on a connection that is used again. */
@Timeout(60)
class UnaskedBytesTests {

  private static final PeerConnectionSettings SETTINGS =
      new PeerConnectionSettings(
          "/_groupcache/", Duration.ofSeconds(10), Duration.ofSeconds(10), 1, 1 << 20);

  @Test
  void twoAnswersInOneAreNoAnswerToTheNextRequest() throws IOException {
    assertNextKeyHasItsOwnValue(answer("one") + answer("another"), "one");
  }

  @Test
  void norAreTheyWhereTheFirstIsLong() throws IOException {
    String value = "long".repeat(20_000);
    assertNextKeyHasItsOwnValue(answer(value) + answer("another"), value);
  }

  @Test
  void aHintBeforeTheAnswerIsNoneOfThem() throws IOException {
    String early = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
    assertNextKeyHasItsOwnValue(early + answer("one"), "one");
  }

  private static void assertNextKeyHasItsOwnValue(String answer, String value) throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer();
        PeerConnections connections =
            new PeerConnections(
                SETTINGS, SharedSecret.none(), null, List.of(), ProcessId.random())) {
      ProtoGetter getter = connections.apply(peer.url());
      for (int i = 0; i < 3; i++) {
        peer.answerNext(answer.getBytes(StandardCharsets.ISO_8859_1), false);
        assertThat(get(getter, "k" + i)).isEqualTo(value);
        assertThat(get(getter, "next" + i)).isEqualTo(ScriptedPeer.valueOf("next" + i));
      }
    }
  }

  private static String get(ProtoGetter getter, String key) {
    GetRequest request = GetRequest.newBuilder().setGroup("g").setKey(key).build();
    return getter.get(GetContext.background(), request).getValue().toStringUtf8();
  }

  private static String answer(String value) {
    StringBuilder message = new StringBuilder("\n");
    int length = value.length();
    for (; length > 0x7f; length >>>= 7) {
      message.append((char) ((length & 0x7f) | 0x80));
    }
    message.append((char) length).append(value);
    return "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: "
        + message.length()
        + "\r\n\r\n"
        + message;
  }
}
