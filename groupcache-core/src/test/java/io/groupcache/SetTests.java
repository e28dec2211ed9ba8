package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.groupcachepb.Exchange;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A value that is set is held by its key's owner, and no other is held by anybody. */
@Timeout(60)
class SetTests {

  private final RingOfPeers ring =
      RingOfPeers.with(settings -> settings.maxValueBytes(100), "a", "b", "c");
  private final CountingGetter getter = CountingGetter.prefixing("loaded ");
  private List<Group> groups;
  private String key;

  @BeforeEach
  void make() {
    groups = ring.groups(GroupOptions.ofCacheBytes(1000), getter);
    key = ring.keyOf("b");
  }

  @AfterEach
  void close() {
    ring.close();
  }

  @Test
  void theOwnerHoldsItAndNobodyHoldsAnother() {
    groups.forEach(group -> group.get(key));

    assertThat(groups.get(0).set(key, ByteView.of("set")).isComplete()).isTrue();

    assertThat(source(1)).isEqualTo(Source.MAIN);
    assertThat(source(0)).isEqualTo(Source.PEER);
    assertThat(source(2)).isEqualTo(Source.PEER);
    groups.forEach(group -> assertThat(group.get(key, Sinks.string())).isEqualTo("set"));
    assertThat(getter.calls()).isEqualTo(1);
    assertThat(groups.get(0).stats().sets()).isEqualTo(1);
  }

  @Test
  void theOwnerItselfSetsItToo() {
    groups.forEach(group -> group.get(key));

    assertThat(groups.get(1).set(key, ByteView.of("set")).isComplete()).isTrue();

    groups.forEach(group -> assertThat(group.get(key, Sinks.string())).isEqualTo("set"));
  }

  @Test
  void inARingOfOneItIsHeldHere() {
    try (GroupCache alone = new GroupCache(PeerPicker.none())) {
      Group group = alone.newGroup("g", 100, getter);

      assertThat(group.set("k", ByteView.of("set")).isComplete()).isTrue();

      assertThat(group.get("k", Sinks.string())).isEqualTo("set");
      assertThat(group.getResult(GetContext.background(), "k").timeToLive()).isEmpty();
    }
  }

  @Test
  void itHasTheTimeThatItIsSetWith() {
    groups.get(0).set(key, ByteView.of("set"), Duration.ofHours(10));

    groups.forEach(group ->
        assertThat(
                group.getResult(GetContext.background(), key).timeToLive().orElseThrow().toHours())
            .isBetween(8L, 10L));
  }

  @Test
  void withNoTimeAtAllItIsARemoval() {
    groups.forEach(group -> group.get(key));

    assertThat(groups.get(0).set(key, ByteView.of("set"), Duration.ZERO).isComplete()).isTrue();

    groups.forEach(group -> assertThat(group.get(key, Sinks.string())).startsWith("loaded"));
  }

  @Test
  void aNegativeTimeAndWhatIsTooLongAndWhatCantBeAKeyAreRefused() {
    Group group = groups.get(0);
    group.get(key);
    ByteView value = ByteView.of("v");

    assertThatThrownBy(() -> group.set(key, value, Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> group.set(key, ByteView.copyOf(new byte[101])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("101");
    assertThatThrownBy(() -> group.set("\ud800", value)).isInstanceOf(InvalidKeyException.class);

    assertThat(group.get(key, Sinks.string())).startsWith("loaded");
    assertThat(group.stats().sets()).isZero();
  }

  @Test
  void aPickerThatLetsNoValuesBeSentHasItRefused() {
    PeerPicker unproven =
        new PeerPicker() {
          @Override
          public @Nullable ProtoGetter pickPeer(String any) {
            return null;
          }

          @Override
          public void checkTakesValues() {
            throw new IllegalStateException("Configure a secret");
          }
        };
    try (GroupCache groupCache = new GroupCache(unproven)) {
      Group group = groupCache.newGroup("g", 100, getter);

      assertThatThrownBy(() -> group.set("k", ByteView.of("v")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Configure a secret");
      assertThat(group.get("k", Sinks.string())).isEqualTo("loaded k");
    }
  }

  @Test
  void anOwnerThatCantBeReachedIsPendingAndForgetsWhatItHeldOnceItCan() {
    groups.forEach(group -> group.get(key));
    ring.cutOff("b", true);

    Invalidation set = groups.get(0).set(key, ByteView.of("set"));

    assertThat(set.isComplete()).isFalse();
    assertThat(set.pendingPeers()).containsExactly("b");
    ring.cutOff("b", false);
    Eventually.holds(() -> groups.get(1).getIfPresent(GetContext.background(), key) == null);
  }

  @Test
  void aRemovalThatComesLaterRemovesWhatWasSet() {
    groups.get(0).set(key, ByteView.of("set"));

    groups.get(2).remove(key);

    groups.forEach(group -> assertThat(group.get(key, Sinks.string())).startsWith("loaded"));
  }

  @Test
  void whatWasUnderWayDoesNotTakeThePlaceOfWhatWasSet() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (RingOfPeers two = RingOfPeers.of("a", "b")) {
      List<Group> both =
          two.groups(
              GroupOptions.ofCacheBytes(1000),
              (context, any, dest) -> {
                dest.setString("loaded");
                begun.countDown();
                Background.await(mayEnd);
              });
      String mine = two.keyOf("b");
      Background<String> load = Background.run(() -> both.get(1).get(mine, Sinks.string()));
      Background.await(begun);

      both.get(0).set(mine, ByteView.of("set"));
      mayEnd.countDown();

      assertThat(load.get()).isEqualTo("loaded");
      both.forEach(group -> assertThat(group.get(mine, Sinks.string())).isEqualTo("set"));
    }
  }

  @Test
  void ofValuesThatAreSetAtTheSameTimeOneWinsOnAllPeers() throws Exception {
    Set<String> winners = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      Background<Invalidation> one =
          Background.run(() -> groups.get(0).set(key, ByteView.of("set by a")));
      Background<Invalidation> other =
          Background.run(() -> groups.get(2).set(key, ByteView.of("set by c")));
      one.get();
      other.get();

      String winner = groups.get(1).get(key, Sinks.string());
      winners.add(winner);
      groups.forEach(group -> assertThat(group.get(key, Sinks.string())).isEqualTo(winner));
    }
    assertThat(winners).isSubsetOf("set by a", "set by c");
    assertThat(getter.calls()).isZero();
  }

  @Test
  void aChangeOfALaterTimeThatIsToldSoonerWins() throws Exception {
    CountDownLatch later = new CountDownLatch(1);
    ring.way("a", "b").holdExchanges(later);
    Background<Invalidation> sooner =
        Background.run(() -> groups.get(0).set(key, ByteView.of("sooner")));
    Eventually.holds(() -> knowsOfAChange("c")); // so that c makes the later one
    assertThat(groups.get(2).set(key, ByteView.of("later")).isComplete()).isTrue();

    later.countDown();
    sooner.get();

    groups.forEach(group -> assertThat(group.get(key, Sinks.string())).isEqualTo("later"));
    assertThat(getter.calls()).isZero();
  }

  private boolean knowsOfAChange(String peer) {
    return ring.peer(peer).answer(Exchange.newBuilder().setPulse(true).build()).getKnownCount() > 0;
  }

  private Source source(int peer) {
    return groups.get(peer).getResult(GetContext.background(), key).source();
  }
}
