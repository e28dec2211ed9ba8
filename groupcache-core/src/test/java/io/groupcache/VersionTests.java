package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two releases of an application in one ring: the values of one are nothing to the other. */
@Timeout(60)
class VersionTests {

  private static final GroupOptions OPTIONS = GroupOptions.ofCacheBytes(1000);

  private final RingOfPeers ring = RingOfPeers.of("a", "b", "c");
  private final Group a = group("a", "old", OPTIONS);
  private final Group b = group("b", "new", OPTIONS.withVersion("2"));
  private final Group c = group("c", "new", OPTIONS.withVersion("2"));
  private final String keyOfB = ring.keyOf("b");

  VersionTests() {
    ring.awaitJoined();
  }

  @AfterEach
  void close() {
    ring.close();
  }

  @Test
  void peersReadValuesOfTheirVersionOnly() {
    assertThat(b.get(keyOfB, Sinks.string())).isEqualTo("new " + keyOfB);
    assertThat(a.get(keyOfB, Sinks.string())).isEqualTo("old " + keyOfB);
    assertThat(c.getResult(GetContext.background(), keyOfB).source()).isEqualTo(Source.PEER);
    assertThat(b.name()).isEqualTo(RingOfPeers.GROUP);
  }

  @Test
  void manyAtOnceToo() {
    GetAllResult all = a.getAll(ring.keysOf("b", 3));

    assertThat(all.failures()).isEmpty();
    assertThat(all).hasSize(3);
    all.forEach((key, value) -> assertThat(value.utf8()).isEqualTo("old " + key));
  }

  @Test
  void removalsAreOfAllVersions() {
    b.get(keyOfB);

    assertThat(a.remove(keyOfB).isComplete()).isTrue();
    assertThat(isHeld(b)).isFalse();

    b.get(keyOfB);
    assertThat(a.clear().isComplete()).isTrue();
    assertThat(isHeld(b)).isFalse();
  }

  @Test
  void aValueThatIsSetIsHeldByAnOwnerOfItsVersionOnly() {
    b.get(keyOfB);

    assertThat(a.set(keyOfB, ByteView.of("set by the old one")).isComplete()).isTrue();
    assertThat(isHeld(b)).isFalse();

    assertThat(c.set(keyOfB, ByteView.of("set")).isComplete()).isTrue();
    assertThat(b.get(keyOfB, Sinks.string())).isEqualTo("set");
  }

  @Test
  void twoGroupsCantBeOneBetweenPeers() {
    GroupCache groupCache = ring.peer("b").groupCache();

    assertThatThrownBy(() -> groupCache.newGroup("things@2", 1, CountingGetter.prefixing("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("things@2");
    assertThat(groupCache.findGroup("things@2")).isEmpty();
    assertThat(groupCache.findGroupBetweenPeers("things@2")).contains(b);
    assertThat(groupCache.findGroupBetweenPeers("things")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1/2"})
  void whatCantBeAVersionIsRefused(String version) {
    assertThatThrownBy(() -> OPTIONS.withVersion(version))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + version + "'");
  }

  private Group group(String peer, String release, GroupOptions options) {
    return ring.peer(peer).newGroup(options, CountingGetter.prefixing(release + " "));
  }

  private boolean isHeld(Group group) {
    return group.getIfPresent(GetContext.background(), keyOfB) != null;
  }
}
