package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a removal that is complete every get, on every peer, is of a new load. */
@Timeout(60)
class RemovalTests {

  private final RingOfPeers ring = RingOfPeers.of("a", "b", "c");
  private volatile String value = "old";
  private List<Group> groups;

  @BeforeEach
  void make() {
    groups =
        ring.groups(
            GroupOptions.ofCacheBytes(100_000),
            (context, key, dest) -> {
              dest.setString(value);
            });
  }

  @AfterEach
  void close() {
    ring.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c"})
  void aRemovedKeyIsLoadedAnewWhoeverOwnsIt(String owner) {
    String key = ring.keyOf(owner);
    groups.forEach(group -> assertThat(group.get(key, Sinks.string())).isEqualTo("old"));
    value = "new";

    Invalidation gone = groups.get(0).remove(key);

    assertThat(gone.isComplete()).isTrue();
    assertThat(gone.pendingPeers()).isEmpty();
    assertThat(gone).hasToString("complete");
    groups.forEach(group -> assertThat(group.get(key, Sinks.string())).isEqualTo("new"));
    assertThat(groups.get(0).stats().removals()).isEqualTo(1);
    assertThat(groups.get(1).stats().removals()).isZero();
  }

  @Test
  void otherKeysStay() {
    List<String> keys = ring.keysOf("a", 2);
    groups.forEach(group -> group.getAll(keys));
    value = "new";

    groups.get(1).remove(keys.get(0));

    groups.forEach(group -> assertThat(group.get(keys.get(1), Sinks.string())).isEqualTo("old"));
  }

  @Test
  void manyKeysAreRemovedInOneRound() {
    List<String> keys = keysOfAll(1);
    groups.forEach(group -> group.getAll(keys));
    value = "new";
    int told = ring.way("a", "b").exchanges();

    assertThat(groups.get(0).removeAll(keys).isComplete()).isTrue();

    assertThat(ring.way("a", "b").exchanges() - told).isLessThanOrEqualTo(2); // or a pulse
    assertAllNew(keys);
    assertThat(groups.get(0).stats().removals()).isEqualTo(3);
  }

  @Test
  void moreKeysThanFitIntoOneChangeAreRemovedAll() {
    List<String> keys = keysOfAll(1500);
    groups.forEach(group -> group.getAll(keys));
    value = "new";

    assertThat(groups.get(0).removeAll(keys).isComplete()).isTrue();

    assertAllNew(keys);
  }

  @Test
  void allKeysOfAGroupAreRemovedAtOnceAndNoneOfAnother() {
    List<String> keys = keysOfAll(2);
    groups.forEach(group -> group.getAll(keys));
    Group other =
        ring.peer("a")
            .groupCache()
            .newGroup("other", 1000, (context, key, dest) -> dest.setString(value));
    ring.peer("a").sees("a");
    other.get("k");
    ring.peer("a").sees("a", "b", "c");
    value = "new";

    assertThat(groups.get(2).clear().isComplete()).isTrue();

    assertAllNew(keys);
    assertThat(other.cacheStats(CacheType.MAIN).items()).isEqualTo(1);
  }

  @Test
  void noKeysAreRemovedAtOnce() {
    assertThat(groups.get(0).removeAll(List.of()).isComplete()).isTrue();
  }

  @Test
  void whatCantBeAKeyIsRefusedAndRemovesNothing() {
    String key = ring.keyOf("a");
    groups.get(0).get(key);

    assertThatThrownBy(() -> groups.get(0).removeAll(List.of(key, "\ud800")))
        .isInstanceOf(InvalidKeyException.class);

    assertThat(groups.get(0).cacheStats(CacheType.MAIN).items()).isEqualTo(1);
  }

  @Test
  void aClosedGroupRefusesChanges() {
    ring.peer("a").close();

    Group closed = groups.get(0);
    assertThatThrownBy(() -> closed.remove("k")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(closed::clear).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> closed.set("k", ByteView.of("v")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aGroupWhoseNameIsTakenTakesNoChangesFromTheOneThatHasIt() {
    String key = ring.keyOf("a");
    groups.get(0).get(key);
    assertThatThrownBy(
            () -> ring.peer("a").newGroup(GroupOptions.ofCacheBytes(10), (c, k, dest) -> {}))
        .isInstanceOf(IllegalArgumentException.class);

    groups.get(0).remove(key);

    assertThat(groups.get(0).cacheStats(CacheType.MAIN).items()).isZero();
  }

  private List<String> keysOfAll(int ofEach) {
    List<String> keys = new ArrayList<>();
    List.of("a", "b", "c").forEach(owner -> keys.addAll(ring.keysOf(owner, ofEach)));
    return keys;
  }

  private void assertAllNew(List<String> keys) {
    for (Group group : groups) {
      assertThat(group.getAll(keys).values())
          .hasSize(keys.size())
          .allMatch(found -> Sinks.string().read(found).equals("new"));
    }
  }
}
