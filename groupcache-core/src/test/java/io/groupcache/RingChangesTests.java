package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who has to know of a change while rings differ: those who come, those who leave. */
@Timeout(60)
class RingChangesTests {

  private static final GroupOptions OPTIONS = GroupOptions.ofCacheBytes(1000);

  private final RingOfPeers ring = RingOfPeers.of("a", "b");

  @AfterEach
  void close() {
    ring.close();
  }

  @Test
  void aPeerThatOnlyAnotherKnowsOfIsTold() {
    ring.add("c", List.of("a", "b", "c"));
    ring.groups(OPTIONS, CountingGetter.prefixing(""));
    String key = hold("c");
    ring.peer("b").sees("a", "b", "c");

    assertThat(ring.group("a").remove(key).isComplete()).isTrue();

    assertThat(holds("c", key)).isFalse();
  }

  @Test
  void aPeerThatOnlyAnotherKnowsOfAndThatCantBeToldIsPending() {
    ring.add("c", List.of("a", "b", "c"));
    ring.groups(OPTIONS, CountingGetter.prefixing(""));
    ring.peer("b").sees("a", "b", "c");
    ring.way("a", "c").cut(true);

    assertThat(ring.group("a").remove("k").pendingPeers()).containsExactly("c");
  }

  @Test
  void aPeerThatLeftAMomentAgoWithoutGoodbyeIsTold() {
    ring.groups(OPTIONS, CountingGetter.prefixing(""));
    String key = hold("b");
    ring.peer("a").sees("a");

    assertThat(ring.group("a").remove(key).isComplete()).isTrue();

    assertThat(holds("b", key)).isFalse();
  }

  @Test
  void aPeerThatLeftAMomentAgoWithoutGoodbyeAndCantBeToldIsPending() {
    ring.groups(OPTIONS, CountingGetter.prefixing(""));
    ring.cutOff("b", true);
    ring.peer("a").sees("a");

    assertThat(ring.group("a").remove("k").pendingPeers()).containsExactly("b");
  }

  @Test
  void aPeerThatLeftTheRingOfAnotherAMomentAgoIsTold() {
    ring.add("c", List.of("a", "b", "c"));
    ring.peer("b").sees("a", "b", "c");
    ring.groups(OPTIONS, CountingGetter.prefixing(""));
    String key = hold("c");
    ring.peer("b").sees("a", "b"); // as the ring of a is, which never knew c

    assertThat(ring.group("a").remove(key).isComplete()).isTrue();

    assertThat(holds("c", key)).isFalse();
  }

  @Test
  void aPeerThatSaidGoodbyeIsNotWaitedFor() {
    ring.groups(OPTIONS, CountingGetter.prefixing(""));
    ring.peer("b").close();
    ring.cutOff("b", true);

    assertThat(ring.group("a").remove("k").isComplete()).isTrue(); // on the ring still
    ring.peer("a").sees("a");
    assertThat(ring.group("a").remove("k").isComplete()).isTrue();
  }

  @Test
  void aPeerThatTakesPartAgainIsWaitedForAgain() {
    ring.groups(OPTIONS, CountingGetter.prefixing(""));
    ring.peer("b").groupCache().leave();
    String key = hold("b");
    ring.peer("b").groupCache().join();
    assertThat(ring.group("b").remove("another").isComplete()).isTrue(); // it is heard of

    ring.way("a", "b").cut(true);
    assertThat(ring.group("a").remove(key).pendingPeers()).containsExactly("b");
  }

  @Test
  void onePeerThatLeavesHandsOnWhatItKnows() {
    ring.add("c", List.of("a", "b", "c"));
    ring.peer("a").sees("a", "b", "c");
    ring.peer("b").sees("a", "b", "c");
    ring.groups(OPTIONS, CountingGetter.prefixing(""));
    String key = hold("b");
    ring.cutOff("b", true);
    ring.group("a").remove(key);
    ring.cutOff("b", false);

    ring.peer("a").close();

    assertThat(holds("b", key)).isFalse();
  }

  @Test
  void onePeerThatJoinsLetsItsGetsWaitUntilItHasHeardTheOthers() {
    ring.groups(OPTIONS, CountingGetter.prefixing(""));
    RingPeer late = ring.add("c", List.of("a", "b", "c"));
    ring.way("c", "a").holdExchanges(new CountDownLatch(1));
    ring.way("c", "b").holdExchanges(new CountDownLatch(1));

    Group group = late.newGroup(OPTIONS, CountingGetter.prefixing(""));
    String key = ring.keyOf("c");
    group.get(key); // once it goes on alone, as nobody answers: before, it would not be kept
    assertThat(group.cacheStats(CacheType.MAIN).items()).isEqualTo(1);
  }

  /** Has a peer hold a key that it owns. */
  private String hold(String url) {
    String key = ring.keyOf(url);
    ring.group(url).get(key);
    assertThat(holds(url, key)).isTrue();
    return key;
  }

  private boolean holds(String url, String key) {
    return ring.group(url).getIfPresent(GetContext.background(), key) != null;
  }
}
