package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeadlineTests {

  private static final GetContext SHORT = GetContext.background().withTimeout(Duration.ZERO);

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void aWaiterGivesUpAtItsOwnDeadlineAndTheLoadGoesOn() throws Exception {
    Group group = group(gated());
    Background<String> leader = Background.run(() -> group.get("k", Sinks.string()));
    entered.await();
    GetContext brief = GetContext.background().withTimeout(Duration.ofMillis(20));

    assertThatThrownBy(() -> group.get(brief, "k"))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("'k'");

    gate.countDown();
    assertThat(leader.get()).isEqualTo("value");
    assertThat(group.get(SHORT, "k", Sinks.string())).isEqualTo("value");
  }

  @Test
  void aWaiterForAPeerGivesUpAtItsOwnDeadline() throws Exception {
    FakePeer peer =
        new FakePeer((context, request) -> {
          entered.countDown();
          awaitGate();
          return FakePeer.response("value");
        });
    Group group = new GroupCache(peer.ownsAll()).newGroup("g", 1024, CountingGetter.prefixing(""));
    Background<String> leader = Background.run(() -> group.get("k", Sinks.string()));
    entered.await();

    assertThatThrownBy(() -> group.get(SHORT, "k")).isInstanceOf(DeadlineExceededException.class);

    gate.countDown();
    assertThat(leader.get()).isEqualTo("value");
  }

  @Test
  void aDeadlineDoesNotCutShortTheCallersOwnLoad() {
    Group group = group(CountingGetter.prefixing("got:"));

    assertThat(group.get(SHORT, "k", Sinks.string())).isEqualTo("got:k");
  }

  @Test
  void aWaiterTakesOverFromALeaderThatRanOutOfTime() throws Exception {
    CountingGetter getter =
        new CountingGetter((context, key, dest) -> {
          if (context.remaining().isPresent()) {
            entered.countDown();
            gate.await();
            throw new IOException("too late");
          }
          dest.setString("in time");
        });
    Group group = group(getter);
    Background<Throwable> leader =
        Background.run(() -> catchThrowable(() -> group.get(SHORT, "k")));
    entered.await();
    Background<String> waiter = Background.run(() -> group.get("k", Sinks.string())).awaitWaiting();

    gate.countDown();

    assertThat(leader.get()).isInstanceOf(LoadException.class).hasRootCauseMessage("too late");
    assertThat(waiter.get()).isEqualTo("in time");
    assertThat(getter.calls()).isEqualTo(2);
  }

  @Test
  void aFailureInTimeIsSharedAndNotTriedAgain() throws Exception {
    CountingGetter getter =
        new CountingGetter((context, key, dest) -> {
          entered.countDown();
          gate.await();
          throw new IOException("broken");
        });
    Group group = group(getter);
    GetContext hour = GetContext.background().withTimeout(Duration.ofHours(1));
    Background<Throwable> leader = Background.run(() -> catchThrowable(() -> group.get(hour, "k")));
    entered.await();
    Background<Throwable> waiter =
        Background.run(() -> catchThrowable(() -> group.get("k"))).awaitWaiting();

    gate.countDown();

    assertThat(waiter.get()).isInstanceOf(LoadException.class).isSameAs(leader.get());
    assertThat(getter.calls()).isOne();
  }

  private CountingGetter gated() {
    return new CountingGetter((context, key, dest) -> {
      entered.countDown();
      gate.await();
      dest.setString("value");
    });
  }

  private void awaitGate() {
    try {
      assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Group group(Getter getter) {
    return new GroupCache(PeerPicker.none()).newGroup("g", 1024, getter);
  }
}
