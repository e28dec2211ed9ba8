package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.http.client.SelfCheck.Problem;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SelfCheckTests {

  private static final PeerConnectionSettings SETTINGS =
      new PeerConnectionSettings("/p/", Duration.ofSeconds(20), Duration.ofMillis(500), 4, 1024);

  private final ProcessId process = ProcessId.random();

  @Test
  void thisProcessHasReachedItself() throws IOException {
    assertThat(problemOf("204 No Content;Groupcache-Process: " + process)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "204 No Content;Groupcache-Process: 0123 | another process of such an application | false",
        "404 Not Found | lacks the path of server.servlet.context-path | false",
        "401 No;Groupcache-Error: unauthorized | another groupcache.security.shared-secret | false",
        "400 No;Groupcache-Error: bad-request | of another version | false",
        "401 No | asks for a login | false",
        "403 No | asks for a login | false",
        "302 Found;Location: http://127.0.0.1:1/ | peers follow no redirects | false",
        "400 Bad Request | is no peer, or one in Go | false",
        "200 OK | is no peer, or one in Go | false",
        "502 Bad Gateway | a proxy that does not reach this application | true",
      })
  void anotherAnswerIsExplained(String answer, String guess, boolean mayPass) throws IOException {
    assertThat(problemOf(answer))
        .hasValueSatisfying(problem -> {
          assertThat(problem.description()).contains(guess);
          assertThat(problem.mayPass()).isEqualTo(mayPass);
        });
  }

  @Test
  void noAnswerMayComeLater() throws IOException {
    LyingPeer gone = LyingPeer.saying("");
    gone.close();
    assertThat(ask(gone))
        .hasValueSatisfying(problem -> {
          assertThat(problem.description()).contains("there is no answer", "nothing listens there");
          assertThat(problem.mayPass()).isTrue();
        });
  }

  @Test
  void silenceIsNotWaitedForForEver() throws IOException {
    try (LyingPeer silent =
        new LyingPeer(out -> LockSupport.parkNanos(Duration.ofSeconds(5).toNanos()))) {
      assertThat(ask(silent)).map(Problem::mayPass).contains(true);
    }
  }

  private Optional<Problem> problemOf(String answer) throws IOException {
    String headers = answer.replace(";", "\r\n");
    String length = headers.startsWith("204") ? "" : "\r\nContent-Length: 0";
    try (LyingPeer peer = LyingPeer.saying("HTTP/1.1 " + headers + length + "\r\n\r\n")) {
      return ask(peer);
    }
  }

  private Optional<Problem> ask(LyingPeer peer) {
    try (PeerConnections connections =
        new PeerConnections(SETTINGS, SharedSecret.none(), null, List.of(), ProcessId.random())) {
      return connections.selfCheck(peer.url(), process).findProblem();
    }
  }
}
