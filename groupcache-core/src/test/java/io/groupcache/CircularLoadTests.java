package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Getters that need other keys, in circles: a clear exception, not a hang. */
@Timeout(30)
class CircularLoadTests {

  private static final String CLEAR = "This thread would wait for itself";

  private final GroupCache groupCache = new GroupCache(PeerPicker.none());
  private final Map<String, String> needs = new ConcurrentHashMap<>();
  private final CyclicBarrier allAreLoading = new CyclicBarrier(2);

  @Test
  void aKeyThatNeedsItself() {
    needs.put("a", "a");
    Group group = group("g");

    assertThatThrownBy(() -> group.get("a"))
        .isInstanceOf(LoadException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining(CLEAR);
    assertUsableOnceMended(group, "a");
  }

  @Test
  void aKeyThatNeedsItselfThroughAnother() {
    needs.put("a", "b");
    needs.put("b", "a");
    Group group = group("g");

    assertThatThrownBy(() -> group.get("a"))
        .isInstanceOf(LoadException.class)
        .hasStackTraceContaining(CLEAR);
    assertUsableOnceMended(group, "a");
    assertUsableOnceMended(group, "b");
  }

  @Test
  void aKeyThatNeedsItselfThroughAnotherGroup() {
    Group first =
        groupCache.newGroup(
            "first",
            1024,
            (context, key, dest) -> dest.setView(groupCache.group("second").get(key)));
    groupCache.newGroup("second", 1024, (context, key, dest) -> dest.setView(first.get(key)));

    assertThatThrownBy(() -> first.get("a"))
        .isInstanceOf(LoadException.class)
        .hasStackTraceContaining(CLEAR);
  }

  @Test
  void aPeersAnswerThatNeedsTheSameKeyHere() {
    AtomicReference<Group> here = new AtomicReference<>();
    FakePeer peer = FakePeer.answering(key -> here.get().get(key, Sinks.string()));
    here.set(new GroupCache(peer.ownsAll()).newGroup("g", 1024, CountingGetter.prefixing("got:")));

    // To this peer it is a failure of the other one, so the key is loaded here.
    assertThat(here.get().get("a", Sinks.string())).isEqualTo("got:a");
    assertThat(here.get().stats().peerErrors()).isOne();
  }

  @Test
  void twoThreadsWhoseKeysNeedEachOther() throws Exception {
    needs.put("a", "b");
    needs.put("b", "a");
    Group group = groupThatMeets("g");

    Background<Throwable> loadsA = Background.run(() -> catchThrowable(() -> group.get("a")));
    Background<Throwable> loadsB = Background.run(() -> catchThrowable(() -> group.get("b")));

    assertThat(loadsA.get()).isInstanceOf(LoadException.class).hasStackTraceContaining(CLEAR);
    assertThat(loadsB.get()).isInstanceOf(LoadException.class).hasStackTraceContaining(CLEAR);
  }

  @Test
  void threeThreadsWhoseKeysNeedEachOther() throws Exception {
    needs.put("a", "b");
    needs.put("b", "c");
    needs.put("c", "a");
    CyclicBarrier three = new CyclicBarrier(3);
    Group group =
        groupCache.newGroup(
            "g",
            1024,
            (context, key, dest) -> {
              three.await(20, TimeUnit.SECONDS);
              dest.setView(self("g").get(Objects.requireNonNull(needs.get(key))));
            });

    List<Background<Throwable>> loads =
        List.of(
            Background.run(() -> catchThrowable(() -> group.get("a"))),
            Background.run(() -> catchThrowable(() -> group.get("b"))),
            Background.run(() -> catchThrowable(() -> group.get("c"))));

    for (Background<Throwable> load : loads) {
      assertThat(load.get()).isInstanceOf(LoadException.class).hasStackTraceContaining(CLEAR);
    }
  }

  @Test
  void twoGroupsWhoseKeysNeedEachOtherOnTwoThreads() throws Exception {
    Group first = groupThatNeeds("first", "second");
    Group second = groupThatNeeds("second", "first");

    Background<Throwable> loadsFirst = Background.run(() -> catchThrowable(() -> first.get("k")));
    Background<Throwable> loadsSecond = Background.run(() -> catchThrowable(() -> second.get("k")));

    assertThat(loadsFirst.get()).isInstanceOf(LoadException.class).hasStackTraceContaining(CLEAR);
    assertThat(loadsSecond.get()).isInstanceOf(LoadException.class).hasStackTraceContaining(CLEAR);
  }

  @Test
  void aPeersRequestThatNeedsTheKeyWhileACallerWaitsForThatRequest() throws Exception {
    CountDownLatch callerWaits = new CountDownLatch(1);
    CountDownLatch served = new CountDownLatch(1);
    FakePeer peer = FakePeer.failing(() -> new PeerException("unreachable", null));
    AtomicReference<Group> here = new AtomicReference<>();
    Getter getter =
        (context, key, dest) -> {
          served.countDown();
          callerWaits.await();
          dest.setView(here.get().get(key));
        };
    Group group = new GroupCache(peer.ownsAll()).newGroup("g", 1024, getter);
    here.set(group);
    GetContext asPeer = GetContext.background().asPeer();

    Background<Throwable> request =
        Background.run(() -> catchThrowable(() -> group.get(asPeer, "k")));
    served.await();
    Background<Throwable> caller =
        Background.run(() -> catchThrowable(() -> group.get("k"))).awaitWaiting();
    callerWaits.countDown();

    assertThat(request.get()).isInstanceOf(LoadException.class).hasStackTraceContaining(CLEAR);
    assertThat(caller.get()).isInstanceOf(LoadException.class).hasStackTraceContaining(CLEAR);
  }

  @Test
  void keysThatNeedOthersInALineAreNoCircle() throws Exception {
    needs.put("a", "b");
    needs.put("b", "c");
    Group group = group("g");

    List<Background<String>> loads =
        List.of(
            Background.run(() -> group.get("a", Sinks.string())),
            Background.run(() -> group.get("b", Sinks.string())),
            Background.run(() -> group.get("c", Sinks.string())));

    for (Background<String> load : loads) {
      assertThat(load.get()).isEqualTo("c");
    }
  }

  @Test
  void aDeadlineIsNoWayIntoACircle() {
    GetContext hour = GetContext.background().withTimeout(Duration.ofHours(1));
    Group group =
        groupCache.newGroup(
            "g", 1024, (context, key, dest) -> dest.setView(self("g").get(context, key)));

    assertThatThrownBy(() -> group.get(hour, "a")).hasStackTraceContaining(CLEAR);
  }

  private void assertUsableOnceMended(Group group, String key) {
    needs.clear();
    assertThat(group.get(key, Sinks.string())).isEqualTo(key);
  }

  private Group self(String name) {
    return groupCache.group(name);
  }

  /** A group whose keys are the values of the keys that they need, or of themselves. */
  private Group group(String name) {
    return groupCache.newGroup(
        name,
        1024,
        (context, key, dest) -> {
          String needed = needs.get(key);
          if (needed == null) {
            dest.setString(key);
          } else {
            dest.setView(self(name).get(needed));
          }
        });
  }

  /** As {@link #group}, but a load goes on only when another one has begun. */
  private Group groupThatMeets(String name) {
    return groupCache.newGroup(
        name,
        1024,
        (context, key, dest) -> {
          allAreLoading.await(20, TimeUnit.SECONDS);
          String needed = needs.get(key);
          dest.setView(needed == null ? ByteView.of(key) : self(name).get(needed));
        });
  }

  private Group groupThatNeeds(String name, String other) {
    return groupCache.newGroup(
        name,
        1024,
        (context, key, dest) -> {
          allAreLoading.await(20, TimeUnit.SECONDS);
          dest.setView(self(other).get(key));
        });
  }
}
