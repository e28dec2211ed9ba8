package io.groupcache.changemodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Proof;
import io.groupcache.changemodel.Peer.Life;
import io.groupcache.changemodel.Search.Outcome;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is promised of values that change holds in every order of steps that three peers can take,
 * within the given scopes. Each rule of the protocol is needed: without it the same search finds a
 * way to a broken promise.
 */
@Timeout(1200)
class ChangeModelProofTests {

  private static final Scope ONE_CHANGE = Scope.of(1, 1).withChangesAppliedAtOnce();
  private static final Scope TWO_CHANGES = Scope.of(2, 1).withChangesAppliedAtOnce();

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void thePromisesHold(String name, Scope scope) {
    Outcome outcome = Search.forBrokenPromise(new Protocol(Rule.all()), scope);

    System.out.printf("The promises hold, %s: %s%n", name, outcome);
    assertThat(outcome.broken()).as("%s", outcome).isNull();
  }

  static Stream<Arguments> thePromisesHold() {
    boolean isLong = Proof.bound(0, 1) == 1; // with -Dproofs=long
    return Stream.concat(near(), isLong ? further() : Stream.empty());
  }

  private static Stream<Arguments> near() {
    return Stream.of(
        Arguments.of("applied step by step", Scope.of(1, 2)),
        Arguments.of("two changes", TWO_CHANGES),
        Arguments.of("three flights", ONE_CHANGE.withFlights(3)),
        Arguments.of("full logs, applied step by step", Scope.of(1, 1).withDrops(1)),
        Arguments.of("full logs", TWO_CHANGES.withDrops(1)),
        Arguments.of("rings that differ", ONE_CHANGE.withDepartures(2).withSilences(1)),
        Arguments.of("a sleep", ONE_CHANGE.withDepartures(2).withSleeps(1)),
        Arguments.of("a crash and a lost connection", ONE_CHANGE.withCrashes(1).withCuts(1)));
  }

  private static Stream<Arguments> further() {
    return Stream.of(
        Arguments.of("two changes and two flights", TWO_CHANGES.withFlights(2)),
        Arguments.of("two changes and full logs, step by step", Scope.of(2, 1).withDrops(1)),
        Arguments.of("two changes and a sleep", TWO_CHANGES.withDepartures(1).withSleeps(1)),
        Arguments.of(
            "a crash and a sleep", ONE_CHANGE.withCrashes(1).withDepartures(1).withSleeps(1)));
  }

  @ParameterizedTest
  @EnumSource
  void eachRuleIsNeeded(Rule rule) {
    Outcome outcome = Search.forBrokenPromise(new Protocol(Rule.allBut(rule)), scopeFor(rule));

    System.out.printf("Without %s: %s%n", rule, outcome);
    assertThat(outcome.broken()).isEqualTo(brokenWithout(rule));
  }

  private static Scope scopeFor(Rule rule) {
    return switch (rule) {
      case FENCE, FLIGHTS_ARE_FORGOTTEN, KNOWLEDGE_TRAVELS, KNOWN_IS_COUNTED -> ONE_CHANGE;
      case ACKNOWLEDGED_WHEN_APPLIED, ANSWERED_WHEN_APPLIED -> Scope.of(1, 1);
      case FORGETTING_VOIDS_TICKETS, DROPPED_CHANGES_ARE_SAID, DROPPED_CHANGES_STAY_SAID ->
          ONE_CHANGE.withDrops(1);
      case RING_IS_NAMED, WOKEN_ASKS_FIRST -> ONE_CHANGE.withDepartures(2).withSleeps(1);
      case CONTACTS_ARE_NAMED -> ONE_CHANGE.withDepartures(2);
      case JOINER_KEEPS_NOTHING, JOINER_SHARES_NOTHING -> ONE_CHANGE.withCrashes(1);
      case CONTACTS_ARE_PROCESSES -> ONE_CHANGE.withCrashes(1).withCuts(1);
    };
  }

  private static Promise brokenWithout(Rule rule) {
    return switch (rule) {
      case FENCE,
          FORGETTING_VOIDS_TICKETS,
          ANSWERED_WHEN_APPLIED,
          KNOWLEDGE_TRAVELS,
          KNOWN_IS_COUNTED,
          DROPPED_CHANGES_ARE_SAID ->
          Promise.NO_RESURRECTION;
      case ACKNOWLEDGED_WHEN_APPLIED, RING_IS_NAMED -> Promise.COMPLETE_IS_KNOWN;
      case FLIGHTS_ARE_FORGOTTEN,
          DROPPED_CHANGES_STAY_SAID,
          WOKEN_ASKS_FIRST,
          JOINER_KEEPS_NOTHING,
          JOINER_SHARES_NOTHING,
          CONTACTS_ARE_NAMED,
          CONTACTS_ARE_PROCESSES ->
          Promise.READ_AFTER_REMOVAL;
    };
  }

  /** A model in which nothing can happen keeps all promises. */
  @Test
  void whatThePromisesAreAboutHappens() {
    assertReached(TWO_CHANGES, world -> world.lastComplete() == 2);
    assertReached(
        TWO_CHANGES,
        world -> world.lastComplete() == 1 && anyPeer(world, peer -> peer.cached == 1));
    assertReached(
        ONE_CHANGE.withSleeps(1).withDepartures(2),
        world -> world.lastComplete() == 1 && world.isAsleep(1) && world.peers[1].cached == 0);
    assertReached(
        ONE_CHANGE.withCrashes(1).withFlights(2),
        world ->
            world.lastComplete() == 1
                && anyPeer(world, peer -> peer.life == Life.UP && peer.process == 2));
    assertReached(
        ONE_CHANGE.withSleeps(3),
        world -> anyPeer(world, peer -> peer.alone && peer.cached != Peer.NOTHING));
  }

  private static void assertReached(Scope scope, Predicate<World> wanted) {
    Outcome outcome = Search.forWorld(new Protocol(Rule.all()), scope, wanted);

    assertThat(outcome.found()).isNotNull();
    assertThat(outcome.broken()).isNull();
  }

  private static boolean anyPeer(World world, Predicate<Peer> wanted) {
    return Arrays.stream(world.peers).anyMatch(wanted);
  }
}
