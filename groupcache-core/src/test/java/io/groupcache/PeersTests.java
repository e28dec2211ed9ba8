package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Go library's TestPeers: four peers, of which the fourth is this one. */
@Timeout(30)
class PeersTests {

  private final CountingGetter getter = CountingGetter.prefixing("got:");
  private final List<FakePeer> peers = new ArrayList<>();
  private boolean firstIsGone;

  PeersTests() {
    Stream.generate(() -> FakePeer.answering(key -> "got:" + key)).limit(3).forEach(peers::add);
  }

  @Test
  void eachPeerLoadsWhatItOwns() {
    getAll(group(0, false));

    assertCounts(49, 51, 49, 51);
  }

  @Test
  void thisPeerLoadsWhatAPeerThatIsGoneOwned() {
    firstIsGone = true;

    getAll(group(0, false));

    assertCounts(100, 0, 49, 51);
  }

  @Test
  void thisPeerLoadsWhatAFailingPeerOwns() {
    peers.set(0, FakePeer.failing(() -> new PeerException("simulated", null)));
    Group group = group(0, false);

    getAll(group);

    assertCounts(100, 51, 49, 51);
    assertThat(group.stats().peerErrors()).isEqualTo(51);
  }

  @Test
  void theSecondPassLoadsNothingHere() {
    Group group = group(1 << 20, false);
    getAll(group);
    getAll(group);

    assertCounts(49, 2 * 51, 2 * 49, 2 * 51);
  }

  @Test
  void theSecondPassAsksNobodyWhenEveryValueIsMirrored() {
    Group group = group(1 << 20, true);
    getAll(group);
    getAll(group);

    assertCounts(49, 51, 49, 51);
    assertThat(group.cacheStats(CacheType.HOT).items()).isEqualTo(151);
    assertThat(group.cacheStats(CacheType.HOT).hits()).isEqualTo(151);
  }

  private Group group(long cacheBytes, boolean mirror) {
    GroupCache groupCache = new GroupCache(this::pick, (key, response) -> mirror);
    return groupCache.newGroup("TestPeers-group", cacheBytes, getter);
  }

  private @Nullable ProtoGetter pick(String key) {
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(StandardCharsets.UTF_8));
    int owner = (int) (crc.getValue() % 4);
    return owner == 3 || (owner == 0 && firstIsGone) ? null : peers.get(owner);
  }

  private static void getAll(Group group) {
    for (int i = 0; i < 200; i++) {
      assertThat(group.get("key-" + i, Sinks.string())).isEqualTo("got:key-" + i);
    }
  }

  private void assertCounts(int local, Integer... requests) {
    assertThat(getter.calls()).isEqualTo(local);
    assertThat(peers).extracting(peer -> peer.requests().size()).containsExactly(requests);
  }
}
