package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How many keys of a group load at a time. */
@Timeout(30)
class ConcurrentLoadsTests {

  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();
  private final GroupCache groupCache =
      GroupCache.builder(PeerPicker.none()).timeout(Duration.ofSeconds(20)).build();
  private final Group group =
      groupCache.newGroup(
          "g",
          GroupOptions.ofCacheBytes(1024).withMaxConcurrentLoads(2),
          (context, key, dest) -> {
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            entered.release();
            gate.await();
            running.decrementAndGet();
            dest.setString(key);
          });

  @Test
  void soManyRunAndTheOthersWaitForThem() throws Exception {
    List<Background<String>> callers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String key = "k" + i;
      callers.add(Background.run(() -> group.get(key, Sinks.string())).awaitWaiting());
    }
    entered.acquire(2);

    gate.countDown();

    for (int i = 0; i < 10; i++) {
      assertThat(callers.get(i).get()).isEqualTo("k" + i);
    }
    assertThat(mostRunning).hasValue(2);
  }

  @RepeatedTest(20) // a thread that woke up quickly would have been before it without a queue, too
  void whoComesLaterWaitsForThoseThatWaitAlready() throws Exception {
    List<String> loaded = new CopyOnWriteArrayList<>();
    Group oneAtATime =
        new GroupCache(PeerPicker.none())
            .newGroup(
                "g",
                GroupOptions.ofCacheBytes(1024).withMaxConcurrentLoads(1),
                (context, key, dest) -> {
                  entered.release();
                  gate.await();
                  loaded.add(key);
                  dest.setString(key);
                });
    Background<ByteView> twice =
        Background.run(() -> {
          oneAtATime.get("first");
          return oneAtATime.get("third");
        });
    entered.acquire();
    Background<ByteView> waiting = Background.run(() -> oneAtATime.get("second")).awaitWaiting();

    gate.countDown();

    assertThat(twice.get().utf8()).isEqualTo("third");
    assertThat(waiting.get().utf8()).isEqualTo("second");
    assertThat(loaded).containsExactly("first", "second", "third");
  }

  @Test
  void whoWaitsTooLongIsToldWhy() throws Exception {
    fill();

    assertThatThrownBy(
            () -> group.get(GetContext.background().withTimeout(Duration.ofSeconds(1)), "c"))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("max-concurrent-loads");

    gate.countDown();
    assertThat(group.get("c", Sinks.string())).isEqualTo("c");
  }

  @Test
  void whoIsInterruptedMeanwhileLeavesAndAnotherTakesItsPlace() throws Exception {
    fill();
    Background<Throwable> first =
        Background.run(() -> catchThrowable(() -> group.get("c"))).awaitWaiting();
    Background<String> second = Background.run(() -> group.get("c", Sinks.string())).awaitWaiting();

    first.interrupt();

    assertThat(first.get()).isExactlyInstanceOf(GroupCacheException.class);
    gate.countDown();
    assertThat(second.get()).isEqualTo("c");
  }

  @ParameterizedTest
  @MethodSource
  void anExecutorThatRefusesCostsNoPermit(Throwable refusal) {
    AtomicInteger refusals = new AtomicInteger(3);
    Group refused =
        GroupCache.builder(PeerPicker.none())
            .timeout(Duration.ofSeconds(20))
            .executor(load -> {
              if (refusals.getAndDecrement() > 0) {
                throw sneaky(refusal);
              }
              load.run();
            })
            .build()
            .newGroup(
                "g",
                GroupOptions.ofCacheBytes(1024).withMaxConcurrentLoads(1),
                CountingGetter.prefixing("got:"));

    for (int i = 0; i < 3; i++) {
      Throwable thrown = catchThrowable(() -> refused.get("k"));
      if (refusal instanceof Error) {
        assertThat(thrown).isSameAs(refusal);
      } else {
        assertThat(thrown).isExactlyInstanceOf(GroupCacheException.class).hasCause(refusal);
      }
    }
    assertThat(refused.get("k", Sinks.string())).isEqualTo("got:k");
  }

  static List<Throwable> anExecutorThatRefusesCostsNoPermit() {
    return List.of(
        new RejectedExecutionException("full"),
        new IllegalStateException("closed"),
        new IllegalArgumentException("of a decorator"),
        new OutOfMemoryError("no thread"));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void aGroupThatCouldLoadNothingIsRefused() {
    GroupOptions none = GroupOptions.ofCacheBytes(1024).withMaxConcurrentLoads(0);

    assertThatThrownBy(() -> groupCache.newGroup("none", none, CountingGetter.prefixing("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'none'");
  }

  private void fill() throws InterruptedException {
    Background.run(() -> group.get("a"));
    Background.run(() -> group.get("b"));
    entered.acquire(2);
  }
}
