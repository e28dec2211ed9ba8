package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gets of many keys and of one, at the same time, and within each other: each key loads once. */
@Timeout(30)
class GetAllFlightsTests {

  private static final String CLEAR = "would wait for itself";
  private static final GetContext HOUR = GetContext.background().withTimeout(Duration.ofHours(1));

  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CyclicBarrier both = new CyclicBarrier(2);
  private final GroupCache groupCache = new GroupCache(PeerPicker.none());
  private final CountingGetter gated =
      new CountingGetter((context, key, dest) -> {
        entered.countDown();
        gate.await();
        dest.setString(key);
      });

  @AfterEach
  void letAllEnd() {
    gate.countDown();
  }

  @Test
  void aGetOfManyJoinsAGetOfOne() throws Exception {
    Group group = groupCache.newGroup("g", 0, gated);
    Background<String> one = Background.run(() -> group.get("a", Sinks.string()));
    entered.await();
    Background<GetAllResult> many =
        Background.run(() -> group.getAll(List.of("a", "b"))).awaitWaiting();

    gate.countDown();

    assertThat(one.get()).isEqualTo("a");
    assertThat(many.get()).containsOnlyKeys("a", "b");
    assertThat(gated.calls()).isEqualTo(2);
    assertThat(Stats.of(group)).isEqualTo(new Stats(3, 0, 3, 2, 2, 0, 0, 0, 0));
  }

  @Test
  void aGetOfOneJoinsAGetOfMany() throws Exception {
    Group group = groupCache.newGroup("g", 0, gated);
    Background<GetAllResult> many = Background.run(() -> group.getAll(List.of("a"))).awaitWaiting();
    entered.await();
    Background<String> one = Background.run(() -> group.get("a", Sinks.string())).awaitWaiting();

    gate.countDown();

    assertThat(one.get()).isEqualTo("a");
    assertThat(many.get()).containsOnlyKeys("a");
    assertThat(gated.calls()).isOne();
  }

  @Test
  void overlappingGetsOfManyLoadEachKeyOnce() throws Exception {
    Group group = groupCache.newGroup("g", 0, gated);
    List<Background<GetAllResult>> all = new ArrayList<>();
    for (List<String> keys :
        List.of(List.of("a", "b", "c"), List.of("c", "d"), List.of("d", "a"))) {
      all.add(Background.run(() -> group.getAll(keys)).awaitWaiting());
    }

    gate.countDown();

    for (Background<GetAllResult> one : all) {
      assertThat(one.get().failures()).isEmpty();
    }
    assertThat(gated.calls()).isEqualTo(4);
  }

  @Test
  void aGetOfOneDoesNotWaitForThoseBeforeItInAGetOfMany() throws Exception {
    CountingGetter slowA =
        new CountingGetter((context, key, dest) -> {
          if (key.equals("a")) {
            entered.countDown();
            gate.await();
          }
          dest.setString(key);
        });
    Group group = groupCache.newGroup("g", 1024, slowA);
    Background<Told> many = Background.run(() -> oneAtATime(group, "a", "b", "c"));
    entered.await();

    assertThat(group.get("b", Sinks.string())).isEqualTo("b");
    assertThat(group.getAll(List.of("c"))).containsOnlyKeys("c");

    gate.countDown();
    assertThat(many.get().failures()).isEmpty();
    assertThat(slowA.calls()).isEqualTo(3);
  }

  @Test
  void whoLoadsAKeyBeforeItsTurnInItsOwnThreadIsInterruptedAlone() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch bEntered = new CountDownLatch(1);
    CountingGetter getter = heldAtAAndTheFirstTimeAtB(bEntered, never);
    ThreadPoolExecutor oneThread =
        new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), new CallerRunsPolicy());
    Group group =
        GroupCache.builder(PeerPicker.none())
            .executor(oneThread)
            .build()
            .newGroup("g", 1024, getter);
    Background<Told> many = Background.run(() -> oneAtATime(group, "a", "b"));
    entered.await();
    Background<ByteView> hurried = Background.run(() -> group.get("b"));
    bEntered.await();

    hurried.interrupt();
    assertThat(catchThrowable(hurried::get))
        .isInstanceOf(LoadException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    gate.countDown();

    assertThat(many.get().failures()).isEmpty();
    assertThat(getter.calls()).isEqualTo(3);
    oneThread.shutdown();
  }

  private CountingGetter heldAtAAndTheFirstTimeAtB(CountDownLatch bEntered, CountDownLatch bGate) {
    return new CountingGetter((context, key, dest) -> {
      if (key.equals("a")) {
        entered.countDown();
        gate.await();
      } else if (bEntered.getCount() > 0) {
        bEntered.countDown();
        bGate.await();
      }
      dest.setString(key);
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGetterMayGetAnotherKeyOfTheSameGet(boolean deadline) {
    int keys = 3 * 64;
    Group group =
        groupCache.newGroup(
            "g",
            1 << 20,
            (context, key, dest) -> {
              int next = Integer.parseInt(key) + 64;
              if (next < keys) {
                groupCache.group("g").get(context, Integer.toString(next));
              }
              dest.setString(key);
            });
    List<String> all = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      all.add(Integer.toString(key));
    }

    GetAllResult result = group.getAll(deadline ? HOUR : GetContext.background(), all);

    assertThat(result).hasSize(keys);
    assertThat(group.stats().loadsLocal()).isEqualTo(keys);
  }

  @Test
  void aGetterThatGetsItsOwnKeyAmongManyIsRefused() {
    Group group =
        groupCache.newGroup(
            "g",
            1024,
            (context, key, dest) -> {
              GetAllResult needed = groupCache.group("g").getAll(List.of("a", "b"));
              dest.setString(key + needed.containsKey("b"));
              needed.get("a");
            });

    assertThat(group.getAll(List.of("a")).failures().get("a"))
        .isInstanceOf(LoadException.class)
        .hasStackTraceContaining(CLEAR);
  }

  @Test
  void twoThreadsWhoseKeysNeedEachOtherAmongManyAreRefused() throws Exception {
    Group group =
        groupCache.newGroup(
            "g",
            1024,
            (context, key, dest) -> {
              if (key.length() == 1) {
                both.await(20, TimeUnit.SECONDS);
                String other = key.equals("a") ? "b" : "a";
                groupCache.group("g").getAll(context, List.of("more" + key, other)).get(other);
              }
              dest.setString(key);
            });

    Background<GetAllResult> a = Background.run(() -> group.getAll(List.of("a")));
    Background<GetAllResult> b = Background.run(() -> group.getAll(HOUR, List.of("b")));

    List<Throwable> failures = new ArrayList<>();
    failures.addAll(a.get().failures().values());
    failures.addAll(b.get().failures().values());
    assertThat(failures)
        .isNotEmpty()
        .allSatisfy(failure -> assertThat(failure).hasStackTraceContaining(CLEAR));
  }

  @Test
  void aCircleIsSeenThoughTheHandlerHasWaitedForSomethingElse() throws Exception {
    CountDownLatch othersWaits = new CountDownLatch(1);
    CountDownLatch handlerDone = new CountDownLatch(1);
    Group side = groupCache.newGroup("side", 0, (context, key, dest) -> dest.setString(key));
    Group group =
        groupCache.newGroup(
            "g",
            1024,
            (context, key, dest) -> {
              Group self = groupCache.group("g");
              if (key.equals("a")) {
                // Waits for "b" and, meanwhile, for something else.
                self.getAll(
                    HOUR,
                    new LinkedHashSet<>(List.of("b", "quick")),
                    8,
                    new ResultHandler<>() {
                      @Override
                      public void onValue(String told, GetResult value) {
                        side.getAll(HOUR, List.of("x"));
                        handlerDone.countDown();
                      }

                      @Override
                      public void onFailure(String told, RuntimeException failure) {
                        throw failure;
                      }
                    });
              } else if (key.equals("b")) {
                handlerDone.await();
                othersWaits.countDown();
                self.get("a");
              }
              dest.setString(key);
            });

    Background<GetAllResult> a = Background.run(() -> group.getAll(List.of("a")));
    othersWaits.await();

    assertThat(a.get().failures().get("a")).hasStackTraceContaining(CLEAR);
  }

  @Test
  void whatAHandlerGetsDoesNotDependOnWhatItIsStillToBeTold() throws Exception {
    CountDownLatch styleLoads = new CountDownLatch(1);
    CountDownLatch tileWaits = new CountDownLatch(1);
    Group styles =
        groupCache.newGroup(
            "styles",
            0,
            (context, key, dest) -> {
              styleLoads.countDown();
              gate.await();
              dest.setString(key);
            });
    Group tiles =
        groupCache.newGroup(
            "tiles",
            1024,
            (context, key, dest) -> {
              if (key.equals("late")) {
                styleLoads.await();
                tileWaits.countDown();
                styles.get("style");
              }
              dest.setString(key);
            });
    Background<Void> all =
        Background.run(() -> {
          tiles.getAll(
              HOUR,
              new LinkedHashSet<>(List.of("late", "quick")),
              8,
              new ResultHandler<>() {
                @Override
                public void onValue(String key, GetResult value) {
                  styles.get("style");
                }

                @Override
                public void onFailure(String key, RuntimeException failure) {
                  throw failure;
                }
              });
          return null;
        });
    tileWaits.await();
    gate.countDown();

    all.get();
  }

  private static Told oneAtATime(Group group, String... keys) {
    Told told = new Told();
    group.getAll(GetContext.background(), new LinkedHashSet<>(List.of(keys)), 1, told);
    return told;
  }
}
