package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A caller that leaves at its deadline, while the getter hangs, can be forgotten. */
@Timeout(60)
class LeavingCallerTests {

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final GroupCache cache = new GroupCache(PeerPicker.none());
  private final Group group =
      cache.newGroup(
          "g",
          1 << 20,
          (context, key, dest) -> {
            begun.countDown();
            end.await(60, TimeUnit.SECONDS);
            dest.setString(key);
          });

  @BeforeEach
  void anotherCallerStays() throws Exception {
    Background.run(() -> group.get("k"));
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void letItEnd() {
    end.countDown();
  }

  @Test
  void ofAGet() throws Exception {
    assertIsForgotten(leave(context -> group.get(context, "k")));
  }

  @Test
  void ofAGetOfManyKeys() throws Exception {
    assertIsForgotten(
        leave(context -> {
          throw group.getAll(context, List.of("k")).failures().get("k");
        }));
  }

  private interface Get {
    Object from(GetContext context);
  }

  private static WeakReference<Thread> leave(Get get) throws InterruptedException {
    Thread caller =
        new Thread(() ->
            assertThatThrownBy(
                    () -> get.from(GetContext.background().withTimeout(Duration.ofMillis(50))))
                .isInstanceOf(DeadlineExceededException.class));
    caller.start();
    caller.join();
    return new WeakReference<>(caller);
  }

  private static void assertIsForgotten(WeakReference<Thread> caller) throws InterruptedException {
    for (int i = 0; i < 100 && caller.get() != null; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(caller.get()).isNull();
  }
}
