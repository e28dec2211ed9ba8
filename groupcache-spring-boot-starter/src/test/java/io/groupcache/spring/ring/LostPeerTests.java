package io.groupcache.spring.ring;

import static io.groupcache.spring.ring.PeerApplication.KEYS;
import static io.groupcache.spring.ring.PeerApplication.VALUES;
import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.RequiredTool;
import io.groupcache.spring.ring.PeerCommand.Language;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that die, or take too long: what they own is loaded by those who stand in for them. */
@Timeout(200)
class LostPeerTests {

  private static final int COUNT = 20;

  /** What the keys begin with that the Go peer takes too long for. */
  private static final String SLOW = "slow:";

  private static Ring ring;
  private static Peer java;
  private static Peer lost;
  private static Peer go;

  @BeforeAll
  @Timeout(400)
  static void start() {
    RequiredTool.orSkip("go", "version");
    // Long, so that on a busy machine no answer is late but the one that is meant to be.
    JavaPeer javaPeer =
        new JavaPeer("--groupcache.client.read-timeout=10s", "--groupcache.timeout=60s");
    ring = Ring.start(javaPeer, javaPeer, new GoPeer(Language.GO, "-delay=10m"));
    go = ring.first(Language.GO);
    java = ring.standIn(ring.keyOf(go, SLOW));
    lost = ring.other(Language.JAVA, java);
  }

  @AfterAll
  static void stop() {
    if (ring != null) {
      ring.close();
    }
  }

  @Test
  void aPeerThatDiesCostsNobodyAValue() {
    // So that there are connections to it, which its death breaks.
    List<String> before = ring.keysOf(lost, "before-", COUNT);
    before.forEach(key -> Stream.of(java, go).forEach(peer -> assertValue(peer, VALUES, key)));
    assertThat(peerErrors(VALUES)).isZero();

    lost.process().kill();

    for (String key : ring.keysOf(lost, "after-", COUNT)) {
      assertValue(java, VALUES, key);
      assertValue(go, VALUES, key);
      // A Go peer asks no stand-in.
      assertThat(go.runs(VALUES, key)).isEqualTo(1);
      assertThat(java.runs(VALUES, key)).isEqualTo(ring.standIn(key).equals(java) ? 1 : 0);
    }
    assertThat(peerErrors(VALUES)).isBetween(2.0, COUNT - 1.0);
    before.forEach(key -> assertValue(java, VALUES, key));
    for (String key : ring.keysOf(go, "of-the-living-", COUNT)) {
      assertValue(java, VALUES, key);
      assertThat(go.runs(VALUES, key)).isEqualTo(1);
      assertThat(java.runs(VALUES, key)).isZero();
    }
  }

  @Test
  void aPeerThatTakesTooLongCostsItsTimeOut() {
    String key = ring.keyOf(go, SLOW); // the one that java stands in for

    assertValue(java, KEYS, key);
    assertThat(go.runs(KEYS, key)).isEqualTo(1);
    assertThat(java.runs(KEYS, key)).isEqualTo(1);
    assertThat(peerErrors(KEYS)).isEqualTo(1);
  }

  private static void assertValue(Peer peer, String group, String key) {
    assertThat(peer.get(group, key)).isEqualTo(Answer.value(TestGetter.value(group, key)));
  }

  private static double peerErrors(String group) {
    return java.meter("groupcache.peer.errors", group);
  }
}
