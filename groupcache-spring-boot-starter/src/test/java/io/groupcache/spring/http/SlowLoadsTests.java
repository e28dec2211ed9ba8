package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.groupcache.DeadlineExceededException;
import io.groupcache.GetAllResult;
import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Source;
import io.groupcache.spring.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Getters that take their time: each runs once, and nobody is kept from anything else by it. */
@Timeout(90)
class SlowLoadsTests {

  /** The keys that getters ran for, in their order. */
  private final List<String> runs = new CopyOnWriteArrayList<>();

  private final CountDownLatch open = new CountDownLatch(1);

  @ParameterizedTest
  @ValueSource(ints = {700, 2000})
  void aGetterThatIsSlowerThanTheReadTimeoutRunsOnceForCallersOnThreePeers(int readTimeoutMillis)
      throws Exception {
    try (LocalRing ring =
        LocalRing.start(
            3,
            (it, peer, key) -> {
              runs.add(key);
              Thread.sleep(2L * readTimeoutMillis + 1000);
              return key;
            },
            "groupcache.client.read-timeout=" + readTimeoutMillis + "ms")) {
      String key = ring.keyOf(0, "k");
      List<CompletableFuture<String>> gets = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int peer = i;
        gets.add(Threads.supply(() -> ring.get(peer, key)));
        gets.add(
            Threads.supply(() ->
                Objects.requireNonNull(ring.group(peer).getAll(List.of(key)).get(key)).utf8()));
      }

      for (CompletableFuture<String> get : gets) {
        assertThat(get.get(60, TimeUnit.SECONDS)).isEqualTo(key);
      }
      assertThat(runs).containsExactly(key);
    }
  }

  @Test
  void aCallerWhoseDeadlineTheOwnerMeetsGetsTheValue() {
    try (LocalRing ring =
        LocalRing.start(
            2,
            (it, peer, key) -> {
              runs.add(key);
              Thread.sleep(3600); // more than half of it
              return key;
            })) {
      String key = ring.keyOf(1, "k");

      GetResult result =
          ring.group(0).getResult(GetContext.background().withTimeout(Duration.ofSeconds(6)), key);

      assertThat(result.value().utf8()).isEqualTo(key);
      assertThat(runs).containsExactly(key);
    }
  }

  @Test
  void aLoadThatDoesNotFitIntoTheTimeIsNotTriedElsewhere() {
    try (LocalRing ring = LocalRing.start(3, this::loadOnceOpen)) {
      String key = ring.keyOf(1, "slow");

      assertThatThrownBy(() ->
              ring.group(0).get(GetContext.background().withTimeout(Duration.ofSeconds(3)), key))
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(runs).containsExactly(key);
      open.countDown();
      assertThat(ring.get(0, key)).isEqualTo(key);
      assertThat(runs).containsExactly(key);
    } finally {
      open.countDown();
    }
  }

  @Test
  void whatTheOwnerHoldsIsNotLoadedAgainWhileAllPermitsAndConnectionsAreForSlowLoads() {
    try (LocalRing ring =
        LocalRing.start(
            2,
            this::loadOnceOpen,
            "groupcache.server.max-concurrent-requests=8",
            "groupcache.client.max-connections-per-peer=8")) {
      List<String> held = ring.keysOf(1, "held").limit(100).toList();
      held.forEach(key -> ring.get(1, key));
      List<String> slow = ring.keysOf(1, "slow").limit(60).toList();
      List<CompletableFuture<String>> gets =
          slow.stream().map(key -> Threads.supply(() -> ring.get(0, key))).toList();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              slow.stream()
                  .allMatch(key -> ring.group(0).isLoading(key) || ring.group(1).isLoading(key)));

      assertThat(held)
          .allSatisfy(key ->
              assertThat(ring.group(0).getResult(GetContext.background(), key).source())
                  .isEqualTo(Source.PEER));

      assertThat(runs).doesNotHaveDuplicates();
      open.countDown();
      gets.forEach(CompletableFuture::join);
    } finally {
      open.countDown();
    }
  }

  @Test
  void keysThatHaveToWaitAtTheOwnerTakeTurnsByAsker() throws Exception {
    try (LocalRing ring =
        LocalRing.start(3, this::loadOnceOpen, "groupcache.groups.g.max-concurrent-loads=1")) {
      List<String> many = ring.keysOf(0, "slow many").limit(20).toList();
      String one = ring.keyOf(0, "slow one");
      CompletableFuture<GetAllResult> all = Threads.supply(() -> ring.group(1).getAll(many));
      await().until(() -> many.stream().allMatch(ring.group(0)::isLoading));
      CompletableFuture<String> get = Threads.supply(() -> ring.get(2, one));
      await().until(() -> ring.group(0).isLoading(one));

      open.countDown();

      assertThat(get.get(30, TimeUnit.SECONDS)).isEqualTo(one);
      assertThat(all.get(30, TimeUnit.SECONDS)).hasSize(20);
      assertThat(runs.indexOf(one)).isLessThanOrEqualTo(2);
    } finally {
      open.countDown();
    }
  }

  @Test
  void aKeyThatHasToWaitAndThatNobodyWantsAnyMoreIsNotLoaded() throws Exception {
    try (LocalRing ring =
        LocalRing.start(2, this::loadOnceOpen, "groupcache.groups.g.max-concurrent-loads=1")) {
      String running = ring.keyOf(0, "slow running");
      String left = ring.keyOf(0, "slow left");
      String wanted = ring.keyOf(0, "slow wanted");
      CompletableFuture<String> first = Threads.supply(() -> ring.get(1, running));
      await().until(() -> runs.contains(running));
      CompletableFuture<String> last = Threads.supply(() -> ring.get(1, wanted));
      await().until(() -> ring.group(0).isLoading(wanted));
      GetContext shortly = GetContext.background().withTimeout(Duration.ofSeconds(2));
      assertThatThrownBy(() -> ring.group(1).get(shortly, left))
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(ring.group(0).isLoading(left)).isTrue();

      TimeUnit.SECONDS.sleep(6); // a wait that is held, and 3 s
      open.countDown();

      assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(running);
      assertThat(last.get(30, TimeUnit.SECONDS)).isEqualTo(wanted);
      await().until(() -> !ring.group(0).isLoading(left));
      assertThat(runs).containsExactly(running, wanted);
      assertThat(ring.get(1, left)).isEqualTo(left);
    } finally {
      open.countDown();
    }
  }

  private String loadOnceOpen(LocalRing ring, int peer, String key) throws InterruptedException {
    runs.add(key);
    if (key.startsWith("slow")) {
      assertThat(open.await(60, TimeUnit.SECONDS)).isTrue();
    }
    return key;
  }
}
