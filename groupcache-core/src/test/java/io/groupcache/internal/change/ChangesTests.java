package io.groupcache.internal.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KnownChanges;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a peer does with what others tell, and with what their questions carry. */
@Timeout(60)
class ChangesTests {

  private static final GetResponse VALUE =
      GetResponse.newBuilder().setValue(ByteString.copyFromUtf8("v")).build();

  private final TimedRing ring = new TimedRing("a");
  private final TimedRing.Peer a = ring.peer("a");

  @AfterEach
  void close() {
    ring.close();
  }

  @Test
  void aChangeThatIsToldTwiceIsDoneOnce() {
    tell(change(1));
    tell(change(1));

    assertThat(a.group.done()).containsExactly("k");
  }

  @Test
  void aChangeOfAGroupThatIsNotHereIsHandedOn() {
    tell(change(1).setGroup("elsewhere"));

    assertThat(a.changes.pulse(Exchange.getDefaultInstance()).getChangeList())
        .extracting(Change::getGroup)
        .containsExactly("elsewhere");
  }

  @Test
  void aValueIsHeldAlsoWhereOthersHaveToldOfItsChangeSooner() {
    tell(change(1));
    tell(change(1).setValue(VALUE));

    assertThat(a.group.done()).containsExactly("k", "k=v");
  }

  @Test
  void aValueOfAChangeThatIsNotTheLatestIsNotHeld() {
    tell(change(2));
    tell(change(1).setValue(VALUE));

    assertThat(a.group.done()).containsExactly("k", "k");
  }

  @Test
  void whatAQuestionCarriesIsDoneToItsKeyBeforeTheAnswerAndOnce() {
    List<ChangeId> carried =
        List.of(
            ChangeId.newBuilder().setAuthor(1).setNumber(1).setStamp(1).build(),
            ChangeId.newBuilder().setAuthor(2).setNumber(1).setScope(ChangeId.Scope.GROUP).build());
    a.changes.prepareToAnswer("g", "k", carried);
    a.changes.prepareToAnswer("g", "k", carried);

    assertThat(a.group.done()).containsExactly("k", "k");
  }

  @Test
  void whatTheAskerHasDroppedHasThisPeerForgetEverythingUnlessItKnowsIt() {
    tell(change(1));
    a.changes.prepareToAnswer("g", "k", allBefore(1));
    assertThat(a.group.done()).containsExactly("k");

    a.changes.prepareToAnswer("g", "k", allBefore(2));
    a.changes.prepareToAnswer("g", "k", allBefore(2));

    assertThat(a.group.done()).containsExactly("k", "*");
    assertThat(a.untimed.done()).containsExactly("*");
  }

  @Test
  void whatAnotherHasDroppedHasThisPeerForgetEverythingOnce() {
    Exchange pulse =
        Exchange.newBuilder()
            .setPulse(true)
            .addKnown(KnownChanges.newBuilder().setAuthor(1).setNumber(9).setDropped(9))
            .build();
    a.changes.answer(pulse);
    Exchange answer = a.changes.answer(pulse);

    assertThat(a.group.done()).containsExactly("*");
    assertThat(answer.getKnownList())
        .extracting(KnownChanges::getNumber, KnownChanges::getDropped)
        .containsExactly(tuple(9L, 9L));
  }

  @Test
  void goodbyesOfStrangersAreNotRemembered() {
    a.changes.answer(Exchange.newBuilder().setUrl("stranger").setGoodbye(true).build());

    assertThat(a.changes.contacts().hasLeft("stranger")).isFalse();
  }

  @Test
  void whatAProcessHasSaidThatHasEndedSinceCountsNoMore() {
    try (TimedRing two = new TimedRing("a", "b")) {
      Changes changes = two.peer("a").changes;
      two.cutOff("b", true);
      changes.answer(saidByB(1).build());
      changes.answer(saidByB(2).build());

      changes.answer(saidByB(1).setGoodbye(true).build());

      assertThat(changes.contacts().hasLeft("b")).isFalse();
      changes.answer(saidByB(2).setGoodbye(true).build());
      assertThat(changes.contacts().hasLeft("b")).isTrue();
    }
  }

  @Test
  void whoeverSpeaksInAPeersNameIsBelievedUntilThePeerSpeaksItself() {
    try (TimedRing two = new TimedRing("a", "b")) {
      Changes changes = two.peer("a").changes;
      two.cutOff("b", true);
      changes.answer(saidByB(1).build());

      changes.answer(saidByB(666).setGoodbye(true).build());
      assertThat(changes.contacts().hasLeft("b")).isTrue();

      changes.answer(saidByB(1).build());
      assertThat(changes.contacts().hasLeft("b")).isFalse();
    }
  }

  @Test
  void whatAPeerKnowsIsTakenFromPulsesAndAnswersOnly() {
    try (TimedRing two = new TimedRing("a", "b")) {
      Changes changes = two.peer("a").changes;
      two.cutOff("b", true);
      changes.remove("g", List.of("k"));
      assertThat(changes.pending("b")).isEqualTo(1);

      changes.answer(saidByB(1).addAllKnown(changes.pulse(null).getKnownList()).build());
      assertThat(changes.pending("b")).isEqualTo(1);

      Exchange.Builder pulse = saidByB(1).addAllKnown(changes.pulse(null).getKnownList());
      changes.answer(pulse.setPulse(true).build());
      assertThat(changes.pending("b")).isZero();
    }
  }

  @Test
  void whoKnowsMoreThanWasMadeHasNotAcknowledgedAnything() {
    try (TimedRing two = new TimedRing("a", "b")) {
      Changes a = two.peer("a").changes;
      a.remove("g", List.of("k"));
      long author = a.pulse(null).getKnown(0).getAuthor();
      KnownChanges forged =
          KnownChanges.newBuilder().setAuthor(author).setNumber(9).setDropped(9).build();

      two.peer("b").changes.answer(Exchange.newBuilder().setPulse(true).addKnown(forged).build());

      assertThat(a.remove("g", List.of("k")).pending()).containsExactly("b");
      assertThat(a.remove("g", List.of("k")).pending()).isEmpty(); // by another author
    }
  }

  @Test
  void aStampThatNoClockCanHaveIsNothingToGoBy() {
    long before = stampOfNext();

    tell(change(1).setStamp(Long.MAX_VALUE));
    a.changes.answer(Exchange.newBuilder().setStamp(Long.MAX_VALUE).build());

    assertThat(stampOfNext() - before).isLessThan(TimeUnit.DAYS.toMillis(2) << 16);
  }

  @Test
  void itKeepsNoLaterChangeFromBeingTheLatest() {
    tell(change(1).setStamp(Long.MAX_VALUE));
    a.clock.pass(Duration.ofMinutes(20)); // it has left the log

    a.changes.set("g", "", "k", VALUE);

    assertThat(a.group.done()).contains("k=v");
  }

  @Test
  void aChangeThatIsToldAfterAQuestionHasBroughtItIsCarriedAsLongAsItIsKept() {
    a.changes.prepareToAnswer(
        "g", "k", List.of(ChangeId.newBuilder().setAuthor(1).setNumber(1).build()));
    tell(change(1));
    for (int i = 0; i < ChangeLog.MAX_KEYS - 1; i++) { // until the older entry has to go
      tell(change(2 + i).clearKey().addKey("other"));
    }

    assertThat(a.changes.of("g", "k"))
        .extracting(ChangeId::getScope)
        .containsExactly(ChangeId.Scope.KEY);
  }

  private long stampOfNext() {
    a.changes.remove("g", List.of("stamped"));
    return a.changes.of("g", "stamped").get(0).getStamp();
  }

  @Test
  void theChangesOfAThousandAuthorsOfOneKeyAreAllCarried() {
    for (int author = 1; author <= 1_000; author++) {
      tell(change(1).setAuthor(author));
    }

    assertThat(a.changes.of("g", "k")).hasSize(1_000);
  }

  private static Exchange.Builder saidByB(long process) {
    return Exchange.newBuilder().setUrl("b").setProcess(process);
  }

  private void tell(Change.Builder change) {
    a.changes.answer(Exchange.newBuilder().addChange(change).build());
  }

  /** One of the same author and key, its number being its stamp, too. */
  private static Change.Builder change(long number) {
    return Change.newBuilder()
        .setAuthor(1)
        .setNumber(number)
        .setStamp(number)
        .setGroup("g")
        .addKey("k");
  }

  private static List<ChangeId> allBefore(long number) {
    return List.of(
        ChangeId.newBuilder()
            .setAuthor(1)
            .setNumber(number)
            .setScope(ChangeId.Scope.ALL_BEFORE)
            .build());
  }
}
