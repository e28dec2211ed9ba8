package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One caller's interruption is that caller's: it ends, with its flag set, and the others go on. */
@Timeout(30)
class InterruptionTests {

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountingGetter getter =
      new CountingGetter((context, key, dest) -> {
        entered.countDown();
        gate.await();
        dest.setString("value");
      });
  private final Group group = new GroupCache(PeerPicker.none()).newGroup("g", 1024, getter);

  @Test
  void anInterruptedWaiterEndsAndKeepsItsFlagAndTheLoadGoesOn() throws Exception {
    Background<String> leader = Background.run(() -> group.get("k", Sinks.string()));
    entered.await();
    Background<End> waiter = Background.run(() -> end(group)).awaitWaiting();

    waiter.interrupt();

    assertThat(waiter.get().failure())
        .isExactlyInstanceOf(GroupCacheException.class)
        .hasMessageContaining("Interrupted")
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(waiter.get().flag()).isTrue();
    gate.countDown();
    assertThat(leader.get()).isEqualTo("value");
  }

  @Test
  void aCallerWhoseFlagIsSetDoesNotWait() throws Exception {
    Background<String> leader = Background.run(() -> group.get("k", Sinks.string()));
    entered.await();

    Background<End> waiter =
        Background.run(() -> {
          Thread.currentThread().interrupt();
          return end(group);
        });

    assertThat(waiter.get().failure()).isExactlyInstanceOf(GroupCacheException.class);
    assertThat(waiter.get().flag()).isTrue();
    gate.countDown();
    assertThat(leader.get()).isEqualTo("value");
  }

  @Test
  void aCallerWhoseFlagIsSetGetsWhatItNeedNotWaitFor() throws Exception {
    Group quick =
        new GroupCache(PeerPicker.none()).newGroup("q", 1024, CountingGetter.prefixing(""));

    Background<End> caller =
        Background.run(() -> {
          Thread.currentThread().interrupt();
          return end(quick);
        });

    assertThat(caller.get().failure()).isNull();
    assertThat(caller.get().flag()).isTrue();
  }

  @Test
  void aFirstCallerWithADeadlineEndsAtOnceAndTheLoadGoesOn() throws Exception {
    GetContext hour = GetContext.background().withTimeout(Duration.ofHours(1));
    Background<End> first = Background.run(() -> end(hour));
    entered.await();
    Background<String> waiter = Background.run(() -> group.get("k", Sinks.string())).awaitWaiting();

    first.awaitWaiting().interrupt();

    assertThat(first.get().failure())
        .isExactlyInstanceOf(GroupCacheException.class)
        .hasMessageContaining("Interrupted");
    assertThat(first.get().flag()).isTrue();
    gate.countDown();
    assertThat(waiter.get()).isEqualTo("value");
    assertThat(getter.calls()).isOne();
  }

  @Test
  void aWaiterTakesOverFromAnInterruptedLeader() throws Exception {
    Background<End> leader = Background.run(() -> end(group));
    entered.await();
    Background<String> waiter = Background.run(() -> group.get("k", Sinks.string())).awaitWaiting();

    leader.interrupt();

    // The getter's wait cleared the flag by throwing; who interrupted the caller wants it back.
    assertThat(leader.get().failure()).isInstanceOf(LoadException.class);
    assertThat(leader.get().failure()).hasCauseInstanceOf(InterruptedException.class);
    assertThat(leader.get().flag()).isTrue();
    gate.countDown();
    assertThat(waiter.get()).isEqualTo("value");
    assertThat(getter.calls()).isEqualTo(2);
  }

  @Test
  void aWaiterTakesOverFromALeaderWhoseGetterKeptTheFlag() throws Exception {
    CountingGetter channels =
        new CountingGetter((context, key, dest) -> {
          entered.countDown();
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
          }
          dest.setString("value");
        });
    Group files = new GroupCache(PeerPicker.none()).newGroup("files", 1024, channels);
    Background<End> leader = Background.run(() -> end(files));
    entered.await();
    Background<String> waiter = Background.run(() -> files.get("k", Sinks.string())).awaitWaiting();

    leader.interrupt();

    assertThat(leader.get().failure()).hasCauseInstanceOf(ClosedByInterruptException.class);
    assertThat(leader.get().flag()).isTrue();
    gate.countDown();
    assertThat(waiter.get()).isEqualTo("value");
  }

  @Test
  void aWaiterTakesOverFromALeaderInterruptedInAPeersRequest() throws Exception {
    FakePeer peer =
        new FakePeer((context, request) -> {
          entered.countDown();
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted", e);
          }
          return FakePeer.response("of the peer");
        });
    CountingGetter local = CountingGetter.prefixing("local");
    Group remote = new GroupCache(peer.ownsAll()).newGroup("remote", 1024, local);
    Background<End> leader = Background.run(() -> end(remote));
    entered.await();
    Background<String> waiter =
        Background.run(() -> remote.get("k", Sinks.string())).awaitWaiting();

    leader.interrupt();

    assertThat(leader.get().failure()).isExactlyInstanceOf(GroupCacheException.class);
    assertThat(leader.get().flag()).isTrue();
    gate.countDown();
    assertThat(waiter.get()).isEqualTo("of the peer");
    assertThat(local.calls()).isZero();
  }

  private End end(GetContext context) {
    Throwable failure = catchThrowable(() -> group.get(context, "k"));
    return new End(failure, Thread.currentThread().isInterrupted());
  }

  private static End end(Group group) {
    Throwable failure = catchThrowable(() -> group.get("k"));
    return new End(failure, Thread.currentThread().isInterrupted());
  }

  /** How a get ended: what it threw, if anything, and whether it left the thread interrupted. */
  private record End(@Nullable Throwable failure, boolean flag) {}
}
