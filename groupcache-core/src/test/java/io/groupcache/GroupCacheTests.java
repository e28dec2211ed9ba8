package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class GroupCacheTests {

  private final Getter getter = CountingGetter.prefixing("");
  private final GroupCache groupCache = new GroupCache(PeerPicker.none());

  @Test
  void aGroupIsFoundByItsName() {
    Group tiles = groupCache.newGroup("tiles", 1024, getter);

    assertThat(tiles.name()).isEqualTo("tiles");
    assertThat(groupCache.group("tiles")).isSameAs(tiles);
    assertThat(groupCache.findGroup("tiles")).containsSame(tiles);
    assertThat(groupCache.groups()).containsExactly(tiles);
  }

  @Test
  void aGroupThatIsNotThereIsNamedWithThoseThatAre() {
    groupCache.newGroup("tiles", 1024, getter);

    assertThat(groupCache.findGroup("tile")).isEmpty();
    assertThatThrownBy(() -> groupCache.group("tile"))
        .isInstanceOf(NoSuchGroupException.class)
        .hasMessageContaining("'tile'")
        .hasMessageContaining("tiles");
  }

  @Test
  void aNameIsUsedOnce() {
    Group first = groupCache.newGroup("tiles", 1024, getter);

    assertThatThrownBy(() -> groupCache.newGroup("tiles", 1024, getter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'tiles'")
        .hasMessageContaining("already");
    assertThat(groupCache.group("tiles")).isSameAs(first);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\t\n"})
  void aBlankNameIsRefused(String name) {
    assertRefused(name, 1024, "not blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "a/b", "/a", "a/"})
  void aNameWithASlashIsRefused(String name) {
    assertRefused(name, 1024, "'/'");
  }

  @Test
  void aNameWithHalfASurrogatePairIsRefused() {
    assertRefused("a\uD83D", 1024, "well-formed");
  }

  @Test
  void aNegativeLimitIsRefused() {
    assertRefused("tiles", -1, "'tiles' can't have a limit of -1 bytes");
  }

  @Test
  @SuppressWarnings("NullAway")
  void aGroupWithoutAGetterIsRefused() {
    assertThatThrownBy(() -> groupCache.newGroup("tiles", 1024, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'tiles' needs a getter");
    assertThat(groupCache.groups()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a,b", "zażółć", "..", "%2F", "😀"})
  void anyOtherNameIsAName(String name) {
    assertThat(groupCache.newGroup(name, 0, getter).get("k", Sinks.string())).isEqualTo("k");
  }

  @Test
  void aHookIsToldOfEachNewGroupOnceItCanBeFound() {
    List<Group> told = new ArrayList<>();
    groupCache.newGroup("before", 0, getter);
    groupCache.onNewGroup(group -> told.add(groupCache.group(group.name())));

    Group after = groupCache.newGroup("after", 0, getter);
    assertRefused("after", 0, "already");

    assertThat(told).containsExactly(after);
  }

  @Test
  void whatAHookThrowsReachesTheMaker() {
    groupCache.onNewGroup(group -> {
      throw new IllegalStateException("hook");
    });

    assertThatThrownBy(() -> groupCache.newGroup("tiles", 0, getter)).hasMessage("hook");
  }

  @Test
  void instancesShareNothing() {
    GroupCache other = new GroupCache(PeerPicker.none());
    groupCache.newGroup("tiles", 1024, (context, key, dest) -> dest.setString("one"));
    other.newGroup("tiles", 1024, (context, key, dest) -> dest.setString("other"));

    assertThat(groupCache.group("tiles").get("k", Sinks.string())).isEqualTo("one");
    assertThat(other.group("tiles").get("k", Sinks.string())).isEqualTo("other");
  }

  @Test
  void aClosedInstanceHoldsNothingAndLoadsNothing() {
    Group tiles = groupCache.newGroup("tiles", 1024, getter);
    tiles.get("k");

    groupCache.close();
    groupCache.close();

    assertThat(tiles.cacheStats(CacheType.MAIN).items()).isZero();
    assertThat(tiles.cacheStats(CacheType.MAIN).bytes()).isZero();
    assertThat(tiles.cacheStats(CacheType.MAIN).evictions()).isZero();
    assertThatThrownBy(() -> tiles.get("k"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'tiles' is closed");
    assertThat(tiles.stats().gets()).isOne();
    assertThatThrownBy(() -> groupCache.newGroup("more", 0, getter))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aLoadUnderWayAtTheCloseGivesItsValueAndLeavesNothingBehind() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Group tiles =
        groupCache.newGroup(
            "tiles",
            1024,
            (context, key, dest) -> {
              entered.countDown();
              gate.await();
              dest.setString("value");
            });
    Background<String> caller = Background.run(() -> tiles.get("k", Sinks.string()));
    entered.await();

    groupCache.close();
    gate.countDown();

    assertThat(caller.get()).isEqualTo("value");
    assertThat(tiles.cacheStats(CacheType.MAIN).items()).isZero();
    assertThatThrownBy(() -> tiles.get("k")).isInstanceOf(IllegalStateException.class);
  }

  private void assertRefused(String name, long cacheBytes, String message) {
    int before = groupCache.groups().size();
    assertThatThrownBy(() -> groupCache.newGroup(name, cacheBytes, getter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThat(groupCache.groups()).hasSize(before);
  }
}
