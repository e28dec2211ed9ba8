package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was under way when a key changed enters no cache, and nobody who comes later waits for it.
 */
@Timeout(60)
class RemovalFenceTests {

  private final RingOfPeers ring = RingOfPeers.of("a", "b", "c");
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);
  private final CountDownLatch firstHasBegun = new CountDownLatch(1);
  private final AtomicInteger loads = new AtomicInteger();
  private Group a;
  private Group b;
  private String key;

  @BeforeEach
  void make() {
    List<Group> groups =
        ring.groups(
            GroupOptions.ofCacheBytes(1000),
            (context, any, dest) -> {
              int load = loads.incrementAndGet();
              if (load == 1) {
                firstHasBegun.countDown();
                Background.await(firstMayEnd);
              }
              dest.setString("load " + load);
            });
    a = groups.get(0);
    b = groups.get(1);
    key = ring.keyOf("a");
  }

  @AfterEach
  void close() {
    ring.close();
  }

  record Change(String name, BiConsumer<Group, String> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Change> changes() {
    return Stream.of(
        new Change("remove", Group::remove),
        new Change("removeAll", (group, key) -> group.removeAll(List.of(key))),
        new Change("clear", (group, key) -> group.clear()));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatTheOwnerWasLoadingIsNotKeptNorJoined(Change change) throws Exception {
    Background<String> before = Background.run(() -> a.get(key, Sinks.string()));
    Background.await(firstHasBegun);

    change.change.accept(b, key);
    assertThat(a.get(key, Sinks.string())).isEqualTo("load 2");
    firstMayEnd.countDown();

    assertThat(before.get()).isEqualTo("load 1");
    assertThat(a.get(key, Sinks.string())).isEqualTo("load 2");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aGetThatBeganBeforeOnAnotherPeerIsNotJoinedThere(Change change) throws Exception {
    Background<String> before = Background.run(() -> b.get(key, Sinks.string()));
    Background.await(firstHasBegun);

    change.change.accept(b, key);
    assertThat(b.get(key, Sinks.string())).isEqualTo("load 2");
    firstMayEnd.countDown();

    assertThat(before.get()).isEqualTo("load 1");
    assertThat(b.get(key, Sinks.string())).isEqualTo("load 2");
    assertThat(a.get(key, Sinks.string())).isEqualTo("load 2");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void anAnswerThatIsUnderWayIsNotMirrored(Change change) throws Exception {
    firstMayEnd.countDown();
    CountDownLatch answer = new CountDownLatch(1);
    ring.way("b", "a").holdAnswers(answer);
    Background<String> before = Background.run(() -> b.get(key, Sinks.string()));
    Eventually.holds(() -> a.cacheStats(CacheType.MAIN).items() == 1);

    change.change.accept(a, key);
    answer.countDown();

    assertThat(before.get()).isEqualTo("load 1");
    assertThat(b.get(key, Sinks.string())).isEqualTo("load 2");
  }

  @Test
  void whatAGetOfManyIsLoadingIsNotKept() throws Exception {
    Background<GetAllResult> before = Background.run(() -> a.getAll(List.of(key)));
    Background.await(firstHasBegun);

    a.remove(key);
    firstMayEnd.countDown();

    assertThat(before.get()).containsEntry(key, ByteView.of("load 1"));
    assertThat(a.get(key, Sinks.string())).isEqualTo("load 2");
  }

  @Test
  void anAnswerToAGetOfManyThatIsUnderWayIsNotMirrored() throws Exception {
    firstMayEnd.countDown();
    CountDownLatch answer = new CountDownLatch(1);
    ring.way("b", "a").holdAnswers(answer);
    Background<GetAllResult> before = Background.run(() -> b.getAll(List.of(key)));
    Eventually.holds(() -> a.cacheStats(CacheType.MAIN).items() == 1);

    a.remove(key);
    answer.countDown();

    assertThat(before.get()).containsEntry(key, ByteView.of("load 1"));
    assertThat(b.get(key, Sinks.string())).isEqualTo("load 2");
  }

  @Test
  void aGetThatCameLaterAndTakesPartInAFlightThatIsNotForgottenGetsTheNewValue() throws Exception {
    Background<String> before = Background.run(() -> a.get(key, Sinks.string()));
    Background.await(firstHasBegun);
    a.remove(key);

    List<Background<String>> after = Background.run(4, () -> b.get(key, Sinks.string()));

    for (Background<String> each : after) {
      assertThat(each.get()).isEqualTo("load 2");
    }
    firstMayEnd.countDown();
    assertThat(before.get()).isEqualTo("load 1");
  }

  @Test
  void aRefreshThatIsUnderWayDoesNotComeIn() {
    try (RingOfPeers one = RingOfPeers.of("a")) {
      AtomicInteger calls = new AtomicInteger();
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch mayEnd = new CountDownLatch(1);
      Group group =
          one.groups(
                  GroupOptions.ofCacheBytes(1000).withRefreshAfter(Duration.ofNanos(1)),
                  (context, any, dest) -> {
                    int call = calls.incrementAndGet();
                    if (call == 2) {
                      begun.countDown();
                      Background.await(mayEnd);
                    }
                    dest.setString("load " + call);
                  })
              .get(0);
      group.get("k");
      group.get("k");
      Background.await(begun);

      group.remove("k");
      mayEnd.countDown();
      Eventually.holds(() -> group.stats().refreshes() == 1);

      assertThat(group.get("k", Sinks.string())).isEqualTo("load 3");
    }
  }

  @Test
  void whatAStandInLoadsIsNotKeptThere() throws Exception {
    ring.way("b", "a").refuseGets(true);
    ring.way("c", "a").refuseGets(true);
    Background<String> before = Background.run(() -> b.get(key, Sinks.string()));
    Background.await(firstHasBegun);

    a.remove(key);
    firstMayEnd.countDown();

    assertThat(before.get()).isEqualTo("load 1");
    assertThat(b.get(key, Sinks.string())).isEqualTo("load 2");
    assertThat(ring.group("c").get(key, Sinks.string())).isEqualTo("load 2");
  }

  @Test
  void aLoadThatRemovesItsOwnKeyIsNotKept() {
    try (RingOfPeers two = RingOfPeers.of("a", "b")) {
      AtomicInteger calls = new AtomicInteger();
      List<Group> groups =
          two.groups(
              GroupOptions.ofCacheBytes(1000).withMaxConcurrentLoads(1),
              (context, any, dest) -> {
                dest.setString("load " + calls.incrementAndGet());
                if (calls.get() == 1) {
                  assertThat(two.group("a").remove(any).isComplete()).isTrue();
                }
              });
      String mine = two.keyOf("a");

      assertThat(groups.get(0).get(mine, Sinks.string())).isEqualTo("load 1");
      assertThat(groups.get(0).get(mine, Sinks.string())).isEqualTo("load 2");
    }
  }

  @Test
  void anAskerThatKnowsAChangeGetsNoOldValueFromAPeerThatDoesNot() throws Exception {
    firstMayEnd.countDown();
    assertThat(a.get(key, Sinks.string())).isEqualTo("load 1");
    CountDownLatch later = new CountDownLatch(1);
    ring.way("b", "a").holdExchanges(later);
    ring.way("c", "a").holdExchanges(later);
    Background<Invalidation> change = Background.run(() -> b.remove(key)).awaitWaiting();

    assertThat(b.get(key, Sinks.string())).isEqualTo("load 2");
    assertThat(b.getAll(List.of(key))).containsEntry(key, ByteView.of("load 2"));

    later.countDown();
    change.get();
  }
}
