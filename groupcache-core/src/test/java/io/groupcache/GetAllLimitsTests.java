package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much a get of many keys does at a time, and what is left when it can't. */
@Timeout(30)
class GetAllLimitsTests {

  private static final Set<String> KEYS = new LinkedHashSet<>(List.of("a", "b", "c", "d", "e"));

  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();
  private final AtomicInteger tasks = new AtomicInteger();
  private final Getter getter =
      (context, key, dest) -> {
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        entered.release();
        gate.await();
        running.decrementAndGet();
        dest.setString(key);
      };

  @AfterEach
  void letAllEnd() {
    gate.countDown();
  }

  @Test
  void soManyKeysLoadAtATime() throws Exception {
    Group group = group(task -> new Thread(task).start(), Integer.MAX_VALUE);
    Background<Told> all = Background.run(() -> getAll(group, 3));
    entered.acquire(3);
    all.awaitWaiting();

    gate.countDown();

    assertThat(all.get().failures()).isEmpty();
    assertThat(mostRunning).hasValue(3);
    assertThat(tasks).hasValue(3);
  }

  @Test
  void theGroupsOwnLimitHoldsToo() throws Exception {
    Group group = group(task -> new Thread(task).start(), 2);
    Background<Told> all = Background.run(() -> getAll(group, 64));
    entered.acquire(2);
    Background<ByteView> another = Background.run(() -> group.get("f")).awaitWaiting();

    gate.countDown();

    assertThat(all.get().failures()).isEmpty();
    assertThat(another.get()).isEqualTo(ByteView.of("f"));
    assertThat(mostRunning).hasValue(2);
    assertThat(tasks).as("no threads that could only wait").hasValueLessThanOrEqualTo(3);
  }

  @Test
  void whoWaitsTooLongForTheGroupsLimitIsToldWhy() throws Exception {
    Group group = group(task -> new Thread(task).start(), 1);
    Background<ByteView> first = Background.run(() -> group.get("first"));
    entered.acquire();

    GetAllResult all =
        group.getAll(GetContext.background().withTimeout(Duration.ofMillis(50)), KEYS);

    assertThat(all.failures()).containsOnlyKeys(KEYS);
    assertThat(all.failures().values()).allMatch(DeadlineExceededException.class::isInstance);
    gate.countDown();
    assertThat(first.get()).isEqualTo(ByteView.of("first"));
    assertThat(group.getAll(KEYS)).hasSize(5);
  }

  @Test
  void aBulkGetterTakesOnePermit() throws Exception {
    BulkGetter bulk =
        (context, dests) -> {
          for (var dest : dests.entrySet()) {
            getter.get(context, dest.getKey(), dest.getValue());
          }
        };
    Group group = group(task -> new Thread(task).start(), 1, bulk);
    gate.countDown();

    assertThat(group.getAll(KEYS)).hasSize(5);
    assertThat(tasks).hasValue(1);
    assertThat(group.getAll(List.of("f"))).hasSize(1);
  }

  @Test
  void anExecutorThatRefusesAllFailsEachKeyInItsOwnWordsAndLeavesItUsable() {
    AtomicBoolean refusing = new AtomicBoolean(true);
    RejectedExecutionException full = new RejectedExecutionException("full");
    gate.countDown();
    Group group =
        group(
            task -> {
              if (refusing.get()) {
                throw full;
              }
              new Thread(task).start();
            },
            Integer.MAX_VALUE);

    GetAllResult all = group.getAll(KEYS);

    assertThat(all.failures()).containsOnlyKeys(KEYS);
    all.failures()
        .forEach((key, failure) ->
            assertThat(failure)
                .isExactlyInstanceOf(GroupCacheException.class)
                .hasMessageContaining("'" + key + "'")
                .hasMessageContaining("refused")
                .hasCause(full));
    refusing.set(false);
    assertThat(group.getAll(KEYS)).hasSize(5);
  }

  @Test
  void anExecutorWithoutAThreadFailsEachKeyAndLeavesItUsable() {
    AtomicBoolean refusing = new AtomicBoolean(true);
    gate.countDown();
    Group group =
        group(
            task -> {
              if (refusing.get()) {
                throw new OutOfMemoryError("no thread");
              }
              new Thread(task).start();
            },
            Integer.MAX_VALUE);

    assertThat(group.getAll(KEYS).failures().values())
        .hasSize(5)
        .allMatch(failure -> failure.getCause() instanceof OutOfMemoryError);
    refusing.set(false);
    assertThat(group.getAll(KEYS)).hasSize(5);
  }

  @Test
  void oneThreadDoesItAllWhereTheExecutorRefusesMore() throws Exception {
    Group group =
        group(
            task -> {
              if (tasks.get() > 1) {
                throw new RejectedExecutionException("one is enough");
              }
              new Thread(task).start();
            },
            Integer.MAX_VALUE);
    Background<Told> all = Background.run(() -> getAll(group, 64));
    entered.acquire();
    all.awaitWaiting();

    gate.countDown();

    assertThat(all.get().failures()).isEmpty();
    assertThat(mostRunning).hasValue(1);
  }

  @Test
  void anExecutorThatRunsInTheCallersThreadIsGoodEnough() {
    gate.countDown();
    Group group = group(Runnable::run, Integer.MAX_VALUE);

    assertThat(getAll(group, 64).failures()).isEmpty();
  }

  private Group group(Executor executor, int maxConcurrentLoads) {
    return group(executor, maxConcurrentLoads, getter);
  }

  private Group group(Executor executor, int maxConcurrentLoads, Getter getter) {
    Executor counting =
        task -> {
          tasks.incrementAndGet();
          executor.execute(task);
        };
    return GroupCache.builder(PeerPicker.none())
        .executor(counting)
        .build()
        .newGroup(
            "g",
            GroupOptions.ofCacheBytes(1024).withMaxConcurrentLoads(maxConcurrentLoads),
            getter);
  }

  private static Told getAll(Group group, int maxConcurrentLoads) {
    Told told = new Told();
    group.getAll(GetContext.background(), KEYS, maxConcurrentLoads, told);
    return told;
  }
}
