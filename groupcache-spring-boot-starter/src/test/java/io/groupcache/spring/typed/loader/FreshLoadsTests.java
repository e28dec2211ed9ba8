package io.groupcache.spring.typed.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.DeadlineExceededException;
import io.groupcache.GroupCacheException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.spring.typed.BulkLoader;
import io.groupcache.spring.typed.Loader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FreshLoadsTests {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final ExecutorService executor = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void manyKeysAreLoadedAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(64);
    List<Long> keys = LongStream.range(0, 128).boxed().toList();
    Loader<Long, String> loader =
        key -> {
          together.await(50, TimeUnit.SECONDS);
          return "" + key;
        };
    assertThat(loads(loader, LONG).load(keys)).hasSize(128).containsEntry(100L, "100");
  }

  @Test
  void aBulkLoaderLoadsThemInOneGo() {
    Queue<Object> calls = new ConcurrentLinkedQueue<>();
    BulkLoader<Long, String> loader =
        keys -> {
          calls.add(keys);
          return Map.of(1L, "one", 99L, "not asked for");
        };
    assertThat(loads(loader, LONG).load(List.of(1L, 2L, 3L))).isEqualTo(Map.of(1L, "one"));
    assertThat(calls).containsExactly(List.of(1L, 2L, 3L));
  }

  @Test
  void whatDoesNotExistIsLeftOut() {
    Loader<Long, String> loader =
        key -> {
          if (key == 1) {
            throw new KeyNotFoundException("1");
          }
          return key == 2 ? null : "there";
        };
    assertThat(loads(loader, LONG).load(List.of(1L, 2L, 3L))).isEqualTo(Map.of(3L, "there"));
  }

  @Test
  void aFailureIsThatOfALoad() {
    IOException failure = new IOException("no database");
    Loader<Long, String> loader =
        key -> {
          throw failure;
        };
    assertThatThrownBy(() -> loads(loader, LONG).load(List.of(1L)))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("group 'g'")
        .hasMessageContaining("no database")
        .cause()
        .isSameAs(failure);
  }

  @Test
  void aLoadThatTakesTooLongIsLeft() {
    CountDownLatch never = new CountDownLatch(1);
    Loader<Long, String> loader =
        key -> {
          never.await();
          return "";
        };
    assertThatThrownBy(() -> loads(loader, Duration.ofMillis(50)).load(List.of(1L)))
        .isInstanceOf(DeadlineExceededException.class);
  }

  @Test
  void aCallerThatIsInterruptedLeaves() {
    CountDownLatch never = new CountDownLatch(1);
    Loader<Long, String> loader =
        key -> {
          never.await();
          return "";
        };
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> loads(loader, LONG).load(List.of(1L)))
        .isExactlyInstanceOf(GroupCacheException.class)
        .hasMessageContaining("Interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aLoadThatWouldWaitForItselfIsRefused() {
    AtomicReference<FreshLoads<Long, String>> own = new AtomicReference<>();
    Loader<Long, String> loader = key -> own.get().load(List.of(1 - key)).get(1 - key);
    own.set(loads(loader, LONG));
    assertThatThrownBy(() -> own.get().load(List.of(1L)))
        .isInstanceOf(LoadException.class)
        .hasStackTraceContaining("Key '1' of group 'g' can't load: its loader waits for it");
  }

  private FreshLoads<Long, String> loads(Object loader, Duration timeout) {
    return new FreshLoads<>("g", () -> loader, executor, timeout);
  }
}
