package io.groupcache.internal.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Eventually;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.KnownChanges;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer that was out of touch asks what it has missed before it answers others. */
@Timeout(60)
class SleepTests {

  private static final Duration SLEEP = Duration.ofSeconds(5);

  private final TimedRing ring = new TimedRing("a", "b");
  private final TimedRing.Peer a = ring.peer("a");
  private final TimedRing.Peer b = ring.peer("b");

  @AfterEach
  void close() {
    ring.close();
  }

  @Test
  void itHasHeardOfWhatItMissedWhenItAnswers() {
    ring.cutOff("a", true);
    b.changes.remove("g", List.of("k"));
    ring.cutOff("a", false);

    a.clock.pass(SLEEP);
    a.changes.prepareToAnswer("g", "k", List.of());

    assertThat(a.group.done()).containsExactly("k");
    assertThat(a.isAwake()).isTrue();
  }

  static Stream<BiConsumer<FakeClock, Duration>> clocks() {
    return Stream.of(FakeClock::pass, FakeClock::passOnTheWall);
  }

  @ParameterizedTest
  @MethodSource("clocks")
  void whereNobodyAnswersItForgetsOnceWhatMayChangeAndGoesOnAlone(
      BiConsumer<FakeClock, Duration> passes) {
    ring.cutOff("a", true);

    passes.accept(a.clock, SLEEP);
    a.changes.prepareToAnswer("g", "k", List.of());
    a.changes.prepareToAnswer("g", "k", List.of());

    assertThat(a.group.done()).startsWith("*").hasSizeLessThanOrEqualTo(2);
    assertThat(a.untimed.done()).isEmpty();
    assertThat(a.isAwake()).isTrue();
  }

  @Test
  void onItsOwnItForgetsNothingMoreHoweverLongThatLasts() {
    ring.cutOff("a", true);
    a.clock.pass(SLEEP);
    a.changes.prepareToAnswer("g", "k", List.of());
    Eventually.holds(a::isAwake);
    int forgotten = a.group.done().size();

    for (int i = 0; i < 4; i++) { // it runs all the time: the thread of its pulse ticks
      a.clock.pass(SLEEP.dividedBy(2));
      Eventually.holds(() -> a.changes.contacts().standstill() == 0);
    }
    a.changes.prepareToAnswer("g", "k", List.of());

    assertThat(a.group.done()).hasSize(forgotten);
  }

  @Test
  void whereAllOthersHaveSaidGoodbyeItForgetsNothing() {
    b.changes.leave();
    ring.cutOff("b", true);

    a.clock.pass(SLEEP);
    a.changes.prepareToAnswer("g", "k", List.of());

    assertThat(a.group.done()).isEmpty();
  }

  @Test
  void aPeerThatSleptLongerThanChangesAreKeptForgetsEverything() {
    a.clock.pass(Duration.ofMinutes(10));
    a.changes.prepareToAnswer("g", "k", List.of());

    assertThat(a.group.done()).contains("*");
    assertThat(a.untimed.done()).contains("*");
  }

  @Test
  void whereTheMachineSleptItForgetsWhatMayChangeWhoseTimesHaveNotGoneOn() {
    a.clock.passOnTheWall(SLEEP);
    a.changes.prepareToAnswer("g", "k", List.of());

    assertThat(a.group.done()).containsExactly("*");
    assertThat(a.untimed.done()).isEmpty();
  }

  @Test
  void whoWasAloneIsInTouchAgainOnceItHasHeardAnother() {
    ring.cutOff("a", true);
    a.clock.pass(SLEEP);
    a.changes.prepareToAnswer("g", "k", List.of());
    b.changes.remove("g", List.of("missed"));
    ring.cutOff("a", false);

    Eventually.holds(() -> a.group.done().contains("missed"));
    Eventually.holds(() -> a.changes.contacts().silence() == 0);
  }

  @Test
  void aSleeperIsNobodysContact() {
    ring.cutOff("a", true);
    Exchange.Builder pulse = Exchange.newBuilder().setUrl("b").setPulse(true);
    a.clock.pass(Duration.ofSeconds(1));

    a.changes.answer(pulse.setAwake(false).build());
    assertThat(a.changes.contacts().silence()).isPositive();
    a.changes.answer(pulse.setAwake(true).build());
    assertThat(a.changes.contacts().silence()).isZero();
  }

  @Test
  void whoKnowsMoreThanItHasToldIsNoContact() {
    ring.cutOff("a", true);
    KnownChanges more = KnownChanges.newBuilder().setAuthor(7).setNumber(1).build();
    a.clock.pass(Duration.ofSeconds(1));

    a.changes.answer(
        Exchange.newBuilder().setUrl("b").setPulse(true).setAwake(true).addKnown(more).build());

    assertThat(a.changes.contacts().silence()).isPositive();
  }
}
