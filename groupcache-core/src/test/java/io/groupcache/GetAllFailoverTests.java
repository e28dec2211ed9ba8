package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is asked for which of many keys when their owner can't answer, or answers nonsense. */
@Timeout(30)
class GetAllFailoverTests {

  private final CountingGetter getter = CountingGetter.prefixing("local:");
  private final BatchPeer unreachable = BatchPeer.failing(new PeerException("unreachable", null));
  private final BatchPeer down = BatchPeer.failing(new PeerDownException("known to be down"));
  private final BatchPeer one = BatchPeer.prefixing("one:");
  private final BatchPeer two = BatchPeer.prefixing("two:");

  @Test
  void eachStandInIsAskedOnceForItsKeysAndTheRestIsLoadedHere() {
    Group group =
        group(
            FakeRing.of(
                unreachable, Map.of("a", List.of(one), "b", List.of(two), "c", List.of(one, two))));

    assertThat(values(group, "a", "b", "c", "d"))
        .containsExactly("one:a", "two:b", "one:c", "local:d");
    assertThat(unreachable.requests()).hasSize(1);
    assertThat(one.requests()).containsExactly(List.of("a", "c"));
    assertThat(two.requests()).containsExactly(List.of("b"));
    assertThat(Stats.of(group)).isEqualTo(new Stats(4, 0, 4, 4, 1, 0, 3, 4, 0));
  }

  @Test
  void aGetterHereMayGetAnotherKeyOfTheSameGet() {
    AtomicReference<Group> group = new AtomicReference<>();
    AtomicReference<Thread> loaderOfA = new AtomicReference<>();
    AtomicBoolean aIsDone = new AtomicBoolean();
    Getter aOfB =
        (context, key, dest) -> {
          if (key.equals("b")) {
            while (!aIsDone.get() && !waits(loaderOfA.get()) && !isThis(loaderOfA.get())) {
              LockSupport.parkNanos(10_000);
            }
            dest.setString("b");
            return;
          }
          loaderOfA.set(Thread.currentThread());
          try {
            dest.setString(group.get().get("b").utf8() + "!");
          } finally {
            aIsDone.set(true);
          }
        };
    group.set(new GroupCache(FakeRing.of(unreachable)).newGroup("g", 0, aOfB));

    assertThat(values(group.get(), "a", "b")).containsExactly("b!", "b");
  }

  private static boolean isThis(@Nullable Thread thread) {
    return Thread.currentThread().equals(thread);
  }

  private static boolean waits(@Nullable Thread thread) {
    return thread != null && thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void gettersHereThatWaitForEachOtherAreRefused() {
    AtomicReference<Group> group = new AtomicReference<>();
    CountDownLatch bothLoad = new CountDownLatch(2);
    group.set(
        new GroupCache(FakeRing.of(unreachable))
            .newGroup(
                "g",
                0,
                (context, key, dest) -> {
                  bothLoad.countDown();
                  bothLoad.await();
                  dest.setView(group.get().get(key.equals("a") ? "b" : "a"));
                }));

    GetAllResult all = group.get().getAll(List.of("a", "b"));

    assertThat(all).isEmpty();
    assertThat(all.failures().values())
        .anySatisfy(failure -> assertThat(failure).hasStackTraceContaining("wait for itself"));
  }

  @Test
  void theNextIsAskedAndTheNextAndTheLastResortIsTheGetterHere() {
    BatchPeer broken = BatchPeer.failing(new IllegalStateException("broken"));
    Group group =
        group(
            FakeRing.of(
                unreachable, Map.of("a", List.of(broken, one), "b", List.of(broken, down))));

    assertThat(values(group, "a", "b")).containsExactly("one:a", "local:b");
    assertThat(broken.requests()).containsExactly(List.of("a", "b"));
    assertThat(down.requests()).containsExactly(List.of("b"));
    assertThat(group.stats().peerErrors()).as("who is down was not asked").isEqualTo(4);
  }

  @Test
  void aKeysOwnFailureIsNoOthers() {
    BatchPeer owner =
        new BatchPeer((keys, answers) -> {
          answers.onFailure("elsewhere", new PeerException("no", null));
          answers.onFailure("nobody", new PeerException("no", null, false));
          answers.onFailure("none", new KeyNotFoundException("none"));
          answers.onFailure("bad", new LoadException("disk", null));
          answers.onValue("good", FakePeer.response("owner:good"));
        });
    Group group = group(FakeRing.of(owner, one));

    GetAllResult all = group.getAll(List.of("good", "elsewhere", "nobody", "none", "bad"));

    assertThat(all.values())
        .extracting(ByteView::utf8)
        .containsExactly("owner:good", "one:elsewhere", "local:nobody");
    assertThat(all.failures().get("none")).isInstanceOf(KeyNotFoundException.class);
    assertThat(all.failures().get("bad")).isInstanceOf(LoadException.class).hasMessage("disk");
    assertThat(one.requests()).containsExactly(List.of("elsewhere"));
    assertThat(getter.calls()).isOne();
    assertThat(Stats.of(group)).isEqualTo(new Stats(5, 0, 5, 5, 1, 0, 2, 2, 0));
  }

  @Test
  void theLastWordOfAStandInIsLast() {
    BatchPeer failing =
        new BatchPeer((keys, answers) ->
            keys.forEach(key -> answers.onFailure(key, new LoadException("disk", null))));
    Group group = group(FakeRing.of(unreachable, failing, one));

    assertThat(group.getAll(List.of("a")).failures().get("a")).hasMessage("disk");
    assertThat(one.requests()).isEmpty();
    assertThat(getter.calls()).isZero();
  }

  @Test
  void whatARequestThrowsIsNoKeysLastWord() {
    for (RuntimeException thrown :
        List.of(new KeyNotFoundException("a"), new LoadException("disk", null))) {
      Group group = group(FakeRing.of(BatchPeer.failing(thrown)));

      assertThat(values(group, "a", "b")).containsExactly("local:a", "local:b");
    }
  }

  @Test
  void whenAllFailTheLocalFailureCarriesThemAll() {
    Group group =
        new GroupCache(FakeRing.of(unreachable, down))
            .newGroup(
                "g",
                0,
                (context, key, dest) -> {
                  throw new IllegalStateException("here too");
                });

    assertThat(group.getAll(List.of("a", "b")).failures().values())
        .hasSize(2)
        .allSatisfy(failure -> {
          assertThat(failure).isInstanceOf(LoadException.class);
          assertThat(failure.getSuppressed())
              .extracting(suppressed -> suppressed.getClass().getSimpleName())
              .containsExactly("PeerException", "PeerDownException");
        });
  }

  @Test
  void keysThatAPeerLeavesWithoutAnAnswerAreLoadedElsewhere() {
    BatchPeer lazy =
        new BatchPeer((keys, answers) -> answers.onValue("a", FakePeer.response("owner:a")));
    Group group = group(FakeRing.of(lazy));

    assertThat(values(group, "a", "b", "c")).containsExactly("owner:a", "local:b", "local:c");
    assertThat(group.stats().peerErrors()).isEqualTo(2);
  }

  @Test
  void keysThatWereAnsweredBeforeARequestBrokeKeepTheirAnswers() {
    BatchPeer breaking =
        new BatchPeer((keys, answers) -> {
          answers.onValue("a", FakePeer.response("owner:a"));
          throw new PeerException("the connection broke", null);
        });
    Group group = group(FakeRing.of(breaking, one));

    assertThat(values(group, "a", "b")).containsExactly("owner:a", "one:b");
  }

  @Test
  void answersThatNobodyAskedForAndSecondOnesChangeNothing() {
    BatchPeer lying =
        new BatchPeer((keys, answers) -> {
          answers.onValue("not asked", FakePeer.response("lie"));
          answers.onFailure("not asked either", new PeerException("no", null));
          answers.onValue("a", FakePeer.response("first"));
          answers.onValue("a", FakePeer.response("second"));
          answers.onFailure("a", new LoadException("third", null));
          answers.onFailure("b", new KeyNotFoundException("b"));
          answers.onValue("b", FakePeer.response("second"));
        });
    Group group =
        new GroupCache(FakeRing.of(lying), (key, response) -> true).newGroup("g", 1024, getter);

    GetAllResult all = group.getAll(List.of("a", "b"));

    assertThat(all).isEqualTo(Map.of("a", ByteView.of("first")));
    assertThat(all.failures()).containsOnlyKeys("b");
    assertThat(group.cacheStats(CacheType.HOT).items()).isOne();
    assertThat(Stats.of(group)).isEqualTo(new Stats(2, 0, 2, 2, 0, 0, 1, 0, 0));
  }

  @Test
  void anErrorOfAPeersClientCostsALocalLoad() {
    Group group =
        group(
            FakeRing.of(
                new BatchPeer((keys, answers) -> {
                  throw new StackOverflowError();
                })));

    assertThat(values(group, "a", "b")).containsExactly("local:a", "local:b");
  }

  @Test
  @SuppressWarnings("NullAway") // that is the point
  void answersOfNothingCostALocalLoad() {
    for (BatchPeer.Answer answer :
        List.<BatchPeer.Answer>of(
            (keys, answers) -> answers.onValue("a", null),
            (keys, answers) -> answers.onFailure("a", null))) {
      Group group =
          new GroupCache(FakeRing.of(new BatchPeer(answer)))
              .newGroup(
                  "g",
                  0,
                  (context, key, dest) -> {
                    if (key.equals("a")) {
                      throw new IllegalStateException("here too");
                    }
                    dest.setString("local:" + key);
                  });

      GetAllResult all = group.getAll(List.of("a", "b"));

      assertThat(all.get("b")).isEqualTo(ByteView.of("local:b"));
      assertThat(all.failures().get("a"))
          .isInstanceOf(LoadException.class)
          .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }
  }

  @Test
  void aPolicyThatThrowsCostsALocalLoadOfThatKey() {
    Group group =
        new GroupCache(
                FakeRing.of(one),
                (key, response) -> {
                  if (key.equals("a")) {
                    throw new IllegalStateException("of the policy");
                  }
                  return false;
                })
            .newGroup("g", 0, getter);

    assertThat(values(group, "a", "b")).containsExactly("local:a", "one:b");
  }

  @Test
  void aPickerThatKnowsNoStandInsOfOneKeyFailsThatKeyOnly() {
    IllegalStateException broken = new IllegalStateException("of the picker");
    PeerPicker picker =
        new PeerPicker() {
          @Override
          public @Nullable ProtoGetter pickPeer(String key) {
            return unreachable;
          }

          @Override
          public Stream<ProtoGetter> standIns(String key) {
            if (key.equals("a")) {
              throw broken;
            }
            return Stream.of(one);
          }
        };

    GetAllResult all = group(picker).getAll(List.of("a", "b"));

    assertThat(all).isEqualTo(Map.of("b", ByteView.of("one:b")));
    assertThat(all.failures()).containsOnlyKeys("a");
  }

  @Test
  void whoFailedAsTheOwnerIsNotAskedAgainAsAStandIn() {
    Group group = group(FakeRing.of(unreachable, unreachable, one));

    assertThat(values(group, "a")).containsExactly("one:a");
    assertThat(unreachable.requests()).hasSize(1);
  }

  @Test
  void aPeerThatWaitsForItsDeadlineLeavesHalfOfTheTime() {
    ProtoGetter frozen =
        (context, request) -> {
          while (context.remaining().orElseThrow().compareTo(Duration.ZERO) > 0) {
            LockSupport.parkNanos(100_000);
          }
          throw new PeerException("no answer", null);
        };
    Group group = group(FakeRing.of(frozen, one));

    GetAllResult all =
        group.getAll(GetContext.background().withTimeout(Duration.ofSeconds(8)), List.of("a"));

    assertThat(all).isEqualTo(Map.of("a", ByteView.of("local:a")));
    assertThat(one.requests()).isEmpty();
  }

  @Test
  void aStandInIsAskedThoughTheExecutorHasNoMoreThreads() {
    AtomicInteger threads = new AtomicInteger(2);
    Group group =
        GroupCache.builder(FakeRing.of(unreachable, Map.of("a", List.of(one), "b", List.of(two))))
            .executor(task -> {
              if (threads.getAndDecrement() <= 0) {
                throw new RejectedExecutionException("full");
              }
              new Thread(task).start();
            })
            .build()
            .newGroup("g", 0, getter);

    assertThat(values(group, "a", "b")).containsExactly("one:a", "two:b");
  }

  @Test
  void anExecutorThatRefusesTheRequestFailsTheKeysOfThatOwnerAndLeavesThemUsable() {
    AtomicInteger refusals = new AtomicInteger(1);
    Group group =
        GroupCache.builder(key -> key.equals("here") ? null : one)
            .executor(task -> {
              if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("full");
              }
              new Thread(task).start();
            })
            .build()
            .newGroup("g", 0, getter);

    GetAllResult all = group.getAll(List.of("a", "here"));

    assertThat(all).isEqualTo(Map.of("here", ByteView.of("local:here")));
    assertThat(all.failures().get("a")).hasMessageContaining("refused");
    assertThat(values(group, "a")).containsExactly("one:a");
  }

  private Group group(PeerPicker peers) {
    return new GroupCache(peers).newGroup("g", 0, getter);
  }

  private static List<String> values(Group group, String... keys) {
    return group.getAll(List.of(keys)).values().stream().map(ByteView::utf8).toList();
  }
}
