package io.groupcache.spring.http.client;

import static io.groupcache.spring.http.client.TalkingPeer.many;
import static io.groupcache.spring.http.client.TalkingPeer.say;
import static io.groupcache.spring.http.client.TalkingPeer.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.GetContext;
import io.groupcache.PeerException;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.client.TalkingPeer.Request;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.ProcessId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.client.RestClient;

/** Waits for which no thread can be had. */
@Timeout(60)
class RefusedWaitTests {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicReference<@Nullable Error> refusal =
      new AtomicReference<>(new Error("no thread can be made"));
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch refuse = new CountDownLatch(1);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void oneIsAFailureOfThePeerAndForgotten() throws IOException {
    refuse.countDown();
    try (TalkingPeer peer = new TalkingPeer((wait, out) -> say(out, many(value(0, "k"))))) {
      LoadWaits waits = waitsOf(peer);

      assertThat(outcome(waits, 1)).isInstanceOf(KeyAnswer.Failed.class);
      assertThat(outcome(waits, 2)).isInstanceOf(KeyAnswer.Value.class);

      assertThat(peer.requests()).extracting(Request::loads).containsExactly(List.of(2L));
    }
  }

  @Test
  void whoHasJoinedItHearsOfItToo() throws Exception {
    try (TalkingPeer peer = new TalkingPeer((wait, out) -> say(out, many()))) {
      LoadWaits waits = waitsOf(peer);
      CompletableFuture<KeyAnswer> first = Threads.supply(() -> outcome(waits, 1));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Thread> joining = new CompletableFuture<>();
      CompletableFuture<KeyAnswer> second =
          Threads.supply(() -> {
            joining.complete(Thread.currentThread());
            return outcome(waits, 2);
          });
      Thread joined = joining.get(20, TimeUnit.SECONDS);
      await().atMost(Duration.ofSeconds(20)).until(() -> LockSupport.getBlocker(joined) == waits);

      refuse.countDown();

      assertThatItFailed(first);
      assertThatItFailed(second);
    }
  }

  private static void assertThatItFailed(CompletableFuture<KeyAnswer> wait)
      throws ExecutionException, InterruptedException, TimeoutException {
    assertThat(wait.get(20, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            KeyAnswer.Failed.class,
            failed -> assertThat(failed.failure()).isInstanceOf(PeerException.class));
  }

  private static KeyAnswer outcome(LoadWaits waits, long load) {
    AtomicReference<@Nullable KeyAnswer> outcome = new AtomicReference<>();
    waits.await(
        GetContext.background().withTimeout(Duration.ofSeconds(40)),
        Map.of("k", new KeyAnswer.Loading(TalkingPeer.PROCESS, load)),
        (key, answer) -> outcome.set(answer));
    return Objects.requireNonNull(outcome.get());
  }

  /** The first of them has no thread, once the test says so. */
  private LoadWaits waitsOf(TalkingPeer peer) {
    Executor executor =
        task -> {
          Error error = refusal.getAndSet(null);
          if (error == null) {
            threads.execute(task);
            return;
          }
          asked.countDown();
          awaitRefusal();
          throw error;
        };
    PeerRequests requests =
        new PeerRequests(
            RestClient.create(), peer.url(), "/_groupcache/", 1024, ProcessId.random());
    return new LoadWaits(requests, executor);
  }

  private void awaitRefusal() {
    try {
      assertThat(refuse.await(20, TimeUnit.SECONDS)).as("the test lets it fail").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
