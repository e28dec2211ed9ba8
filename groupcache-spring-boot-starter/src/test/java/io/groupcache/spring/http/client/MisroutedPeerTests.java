package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.groupcache.spring.http.PeerState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A peer's URL by which something else answers than a peer. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class MisroutedPeerTests {

  private static final PeerConnectionSettings PATIENT =
      new PeerConnectionSettings(
          "/_groupcache/", Duration.ofSeconds(20), Duration.ofSeconds(20), 4, 1024);

  @ParameterizedTest(name = "{0}")
  @MethodSource("strangers")
  void itIsDownAndALineSaysOnceWhatMayBeWrong(
      String what, String response, String guess, CapturedOutput output) throws IOException {
    try (LyingPeer peer = LyingPeer.saying(response);
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      askAFewTimes(ring);

      assertThat(ring.pool.state(peer.url())).isNotEqualTo(PeerState.UP);
      assertThat(linesAbout(peer, output)).singleElement().asString().contains("WARN", guess);
    }
  }

  static Stream<Arguments> strangers() {
    return Stream.of(
        arguments("nothing below the path", said("404 Not Found", ""), "lacks a context path"),
        arguments(
            "a page", said("404 Not Found", "<html>no such group: g"), "groupcache.base-path"),
        arguments(
            "another secret",
            said("401 No\r\nGroupcache-Error: unauthorized", "Only peers"),
            "groupcache.security.shared-secret"),
        arguments("a login", said("401 Unauthorized", ""), "asks for a login"),
        arguments("no admittance", said("403 Forbidden", ""), "asks for a login"),
        arguments("a login page", said("302 Found\r\nLocation: /login", ""), "asks for a login"),
        arguments(
            "only TLS",
            said("301 Moved Permanently\r\nLocation: https://a/", ""),
            "has to begin with https://"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goPeers")
  void aPeerInGoIsUp(String what, String response, CapturedOutput output) throws IOException {
    try (LyingPeer peer = LyingPeer.saying(response);
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      askAFewTimes(ring);

      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
      assertThat(linesAbout(peer, output)).isEmpty();
    }
  }

  static Stream<Arguments> goPeers() {
    return Stream.of(
        arguments("without the group", said("404 Not Found", "no such group: g\n")),
        arguments("an unclean key", said("301 Moved\r\nLocation: /_groupcache/g/k", "")),
        arguments("another unclean key", said("307 Moved\r\nLocation: /_groupcache/g/k", "")));
  }

  @Test
  void whatItSaysIsOneLineInTheLogAndNotLong(CapturedOutput output) throws IOException {
    String forged =
        "sorry\n2026-01-01 WARN forged\r\u001b[31m\u0085also forged " + "x".repeat(3000);
    try (LyingPeer peer = LyingPeer.saying(said("503 No", forged));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      askAFewTimes(ring);

      assertThat(linesAbout(peer, output))
          .singleElement()
          .asString()
          .contains("WARN", "sorry", "forged")
          .doesNotContain("\u001b[31m", "\u0085")
          .hasSizeLessThan(1000);
      assertThat(output.toString().lines()).noneMatch(line -> line.startsWith("2026-01-01 WARN"));
    }
  }

  private static void askAFewTimes(OnePeerRing ring) {
    for (int i = 0; i < 4; i++) {
      assertThat(ring.group.get("k" + i).utf8()).isEqualTo("local k" + i);
    }
  }

  private static List<String> linesAbout(LyingPeer peer, CapturedOutput output) {
    return output.toString().lines().filter(line -> line.contains(peer.url())).toList();
  }

  private static String said(String statusAndHeaders, String body) {
    return "HTTP/1.1 "
        + statusAndHeaders
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
