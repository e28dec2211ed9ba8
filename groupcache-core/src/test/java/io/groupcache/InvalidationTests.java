package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which peers have yet to hear of a change when its call returns, and that they do hear of it. */
@Timeout(60)
class InvalidationTests {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RingOfPeers ring =
      RingOfPeers.with(settings -> settings.changeTimeout(PATIENCE), "a", "b", "c");
  private List<Group> groups;
  private String key;

  @BeforeEach
  void make() {
    groups = ring.groups(GroupOptions.ofCacheBytes(1000), CountingGetter.prefixing(""));
    key = ring.keyOf("b");
    groups.forEach(group -> group.get(key));
  }

  @AfterEach
  void close() {
    ring.close();
  }

  @Test
  void aPeerThatCantBeReachedIsPendingAndHearsOfItOnceItCan() {
    ring.cutOff("b", true);

    Invalidation gone = groups.get(0).remove(key);

    assertPending(gone, "b");
    assertThat(gone).hasToString("pending on [b]");
    assertHolds(1);
    ring.cutOff("b", false);
    Eventually.holds(() -> !holds(1));
    Eventually.holds(() -> ring.peer("a").groupCache().pendingChanges("b") == 0);
  }

  @Test
  void onceItIsCompleteNobodyIsSaidToLackIt() {
    assertThat(groups.get(0).remove(key).isComplete()).isTrue();

    assertThat(ring.peer("a").groupCache().pendingChanges("b")).isZero();
    assertThat(ring.peer("a").groupCache().pendingChanges("c")).isZero();
    assertThat(ring.peer("b").groupCache().pendingChanges("c")).isZero();
  }

  @Test
  void itHearsOfItAlsoWhenTheAuthorIsGone() {
    ring.cutOff("b", true);
    assertPending(groups.get(0).remove(key), "b");

    ring.cutOff("a", true);
    ring.way("b", "c").cut(false);
    ring.way("c", "b").cut(false);

    Eventually.holds(() -> !holds(1));
  }

  @Test
  void aPeerThatTakesTooLongIsPendingAndTheOthersAreNotHeldUp() {
    CountDownLatch held = new CountDownLatch(1);
    ring.way("a", "b").holdExchanges(held);

    Invalidation gone = groups.get(0).remove(key);

    assertPending(gone, "b");
    assertThat(holds(2)).isFalse();
    held.countDown();
    Eventually.holds(() -> !holds(1));
  }

  @Test
  void aPeerWhoseAnswerIsLostHasDoneItAndIsPending() {
    ring.way("a", "b").loseAnswers(true);

    assertPending(groups.get(0).remove(key), "b");

    assertThat(holds(1)).isFalse();
  }

  @Test
  void aPeerThatKnowsNoChangesIsPendingForGood() {
    ring.way("a", "b").mute(true);

    Invalidation first = groups.get(0).remove(key);

    assertPending(first, "b");
    assertThat(first.pendingForGood()).containsExactly("b");
    assertPending(groups.get(0).remove(key), "b");
  }

  @Test
  void aPickerThatDoesNotSayWhoTheOthersAreLeavesItIncomplete() {
    try (GroupCache groupCache = new GroupCache(key -> null)) {
      Group group = groupCache.newGroup("g", 100, CountingGetter.prefixing(""));

      assertPending(group.remove("k"));
    }
  }

  @Test
  void anInterruptedCallerIsToldWhatIsKnownByThen() throws Exception {
    ring.way("a", "b").holdExchanges(new CountDownLatch(1));
    Background<Invalidation> change =
        Background.run(() -> {
          Thread.currentThread().interrupt();
          Invalidation gone = groups.get(0).remove(key);
          assertThat(Thread.interrupted()).isTrue();
          return gone;
        });

    assertThat(change.get().pendingPeers()).contains("b");
  }

  @Test
  void manyChangesAtOnceAreAllTold() throws Exception {
    List<Background<Invalidation>> all =
        Background.run(20, () -> groups.get(0).removeAll(List.of(key, "another")));

    for (Background<Invalidation> each : all) {
      assertThat(each.get().isComplete()).isTrue();
    }
    assertThat(holds(1)).isFalse();
  }

  private boolean holds(int peer) {
    return groups.get(peer).getIfPresent(GetContext.background(), key) != null;
  }

  private void assertHolds(int peer) {
    assertThat(holds(peer)).isTrue();
  }

  private static void assertPending(Invalidation gone, String... peers) {
    assertThat(gone.isComplete()).isFalse();
    assertThat(gone.pendingPeers()).containsExactly(peers);
  }
}
