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
  void theFirstCallerGivesUpAtItsDeadlineAndTheOthersGetTheValue() throws Exception {
    CountingGetter getter = gated();
    Group group = group(getter);
    Background<Throwable> first =
        Background.run(() -> catchThrowable(() -> group.get(within(1_000), "k")));
    entered.await();
    Background<String> waiter = Background.run(() -> group.get("k", Sinks.string())).awaitWaiting();

    assertThat(first.get())
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("'k'");

    gate.countDown();
    assertThat(waiter.get()).isEqualTo("value");
    assertThat(getter.calls()).isOne();
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsStillCached() throws Exception {
    CountingGetter getter = gated();
    Group group = group(getter);
    assertThatThrownBy(() -> group.get(within(20), "k"))
        .isInstanceOf(DeadlineExceededException.class);

    gate.countDown();

    assertThat(group.get(within(20_000), "k", Sinks.string())).isEqualTo("value");
    assertThat(getter.calls()).isOne();
  }

  @Test
  void aRequestToAPeerThatDoesNotEndIsGivenUpAtTheDeadline() {
    FakePeer peer =
        new FakePeer((context, request) -> {
          awaitGate();
          return FakePeer.response("value");
        });
    Group group = new GroupCache(peer.ownsAll()).newGroup("g", 1024, CountingGetter.prefixing(""));

    assertThatThrownBy(() -> group.get(within(20), "k"))
        .isInstanceOf(DeadlineExceededException.class);

    gate.countDown();
  }

  @Test
  void withNoTimeLeftNothingIsLoadedAndAHitIsStillAHit() {
    CountingGetter getter = CountingGetter.prefixing("got:");
    Group group = group(getter);

    assertThatThrownBy(() -> group.get(SHORT, "k")).isInstanceOf(DeadlineExceededException.class);
    assertThat(getter.calls()).isZero();

    group.get("k");
    assertThat(group.get(SHORT, "k", Sinks.string())).isEqualTo("got:k");
  }

  @Test
  void aGetWithoutADeadlineHasThatOfTheGroupCache() {
    Group group =
        GroupCache.builder(PeerPicker.none())
            .timeout(Duration.ofMillis(20))
            .build()
            .newGroup("g", 1024, gated());

    assertThatThrownBy(() -> group.get("k")).isInstanceOf(DeadlineExceededException.class);
    assertThatThrownBy(() -> group.get("k", Sinks.string()))
        .isInstanceOf(DeadlineExceededException.class);

    gate.countDown();
    assertThat(group.get(within(20_000), "k", Sinks.string())).isEqualTo("value");
  }

  @Test
  void theGetterIsToldTheDeadlineThatTheGroupCacheGives() {
    Group group =
        GroupCache.builder(PeerPicker.none())
            .timeout(Duration.ofHours(1))
            .build()
            .newGroup(
                "g",
                1024,
                (context, key, dest) -> dest.setString("" + context.remaining().isPresent()));

    assertThat(group.get("k", Sinks.string())).isEqualTo("true");
  }

  @Test
  void aGetterThatNeverReturnsDoesNotKeepItsKeyForEver() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Group group =
        GroupCache.builder(PeerPicker.none())
            .timeout(Duration.ofMillis(100))
            .build()
            .newGroup(
                "g",
                1024,
                (context, key, dest) -> {
                  if (context.attribute("never", Boolean.class).isPresent()) {
                    never.await();
                  }
                  dest.setString("at last");
                });
    GetContext stuck = GetContext.background().withAttribute("never", true);
    assertThatThrownBy(() -> group.get(stuck, "k")).isInstanceOf(DeadlineExceededException.class);
    Thread.sleep(150); // now the load is older than the time that it had

    assertThat(group.get(within(20_000), "k", Sinks.string())).isEqualTo("at last");

    never.countDown();
  }

  @Test
  void aPeerDoesNotSayHowLongAGetterMayKeepItsKey() throws Exception {
    CountingGetter getter = gated();
    Group group =
        GroupCache.builder(PeerPicker.none())
            .timeout(Duration.ofMillis(50))
            .build()
            .newGroup("g", 1024, getter);
    GetContext day = GetContext.background().withTimeout(Duration.ofDays(1)).asPeer();

    assertThatThrownBy(() -> group.get(day, "k")).isInstanceOf(DeadlineExceededException.class);

    gate.countDown();
  }

  @Test
  void aGetterThatInterruptsItselfHasFailedForAllAndRanOnce() throws Exception {
    CountingGetter getter =
        new CountingGetter((context, key, dest) -> {
          entered.countDown();
          gate.await();
          throw new InterruptedException("of its own making");
        });
    Group group = group(getter);
    Background<Throwable> first =
        Background.run(() -> catchThrowable(() -> group.get(within(20_000), "k")));
    entered.await();
    Background<Throwable> second =
        Background.run(() -> catchThrowable(() -> group.get(within(20_000), "k"))).awaitWaiting();

    gate.countDown();

    assertThat(first.get()).isInstanceOf(LoadException.class);
    assertThat(second.get()).isSameAs(first.get());
    assertThat(getter.calls()).isOne();
  }

  @Test
  void aTimeOutOfNothingIsRefused() {
    GroupCacheBuilder builder = GroupCache.builder(PeerPicker.none());

    assertThatThrownBy(() -> builder.timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLoadHasTimeOfItsOwnWhoeverWantsItFirst() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountingGetter getter =
        new CountingGetter((context, key, dest) -> {
          entered.countDown();
          late.await();
          dest.setString(context.remaining().isPresent() ? "the caller's time" : "its own time");
        });
    Group group = group(getter);
    Background<Throwable> leader =
        Background.run(() -> catchThrowable(() -> group.get(within(1_000), "k")));
    entered.await();
    Background<String> waiter = Background.run(() -> group.get("k", Sinks.string())).awaitWaiting();
    assertThat(leader.get()).isInstanceOf(DeadlineExceededException.class);

    late.countDown();

    assertThat(waiter.get()).isEqualTo("its own time");
    assertThat(getter.calls()).isEqualTo(1);
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

  private static GetContext within(long millis) {
    return GetContext.background().withTimeout(Duration.ofMillis(millis));
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
