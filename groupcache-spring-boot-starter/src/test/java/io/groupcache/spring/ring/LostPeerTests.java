package io.groupcache.spring.ring;

import static io.groupcache.spring.ring.PeerApplication.VALUES;
import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.RequiredTool;
import io.groupcache.spring.ring.PeerCommand.Language;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that die, or take too long: what they own is loaded by those who want it. */
@Timeout(200)
class LostPeerTests {

  private static final int KEYS = 20;

  @Test
  void aPeerThatDiesCostsNobodyAValue() {
    RequiredTool.orSkip("go", "version");
    try (Ring ring = Ring.start(new JavaPeer(), new JavaPeer(), new GoPeer())) {
      Peer java = ring.first(Language.JAVA);
      Peer lost = ring.other(Language.JAVA, java);
      Peer go = ring.first(Language.GO);
      // So that there are connections to it that its death breaks.
      List<String> before = ring.keysOf(lost, "before-", KEYS);
      before.forEach(key -> Stream.of(java, go).forEach(peer -> assertValue(peer, key)));
      assertThat(peerErrors(java)).isZero();

      lost.process().kill();

      for (String key : ring.keysOf(lost, "after-", KEYS)) {
        assertValue(java, key);
        assertValue(go, key);
        assertThat(java.runs(VALUES, key)).isEqualTo(1);
      }
      assertThat(peerErrors(java)).isEqualTo(KEYS);
      before.forEach(key -> assertValue(java, key));
      for (String key : ring.keysOf(go, "of-the-living-", KEYS)) {
        assertValue(java, key);
        assertThat(go.runs(VALUES, key)).isEqualTo(1);
        assertThat(java.runs(VALUES, key)).isZero();
      }
    }
  }

  private static void assertValue(Peer peer, String key) {
    assertThat(peer.get(VALUES, key)).isEqualTo(Answer.value(TestGetter.value(VALUES, key)));
  }

  private static double peerErrors(Peer peer) {
    return peer.meter("groupcache.peer.errors", VALUES);
  }
}
