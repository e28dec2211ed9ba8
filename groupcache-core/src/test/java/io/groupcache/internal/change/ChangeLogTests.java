package io.groupcache.internal.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KnownChanges;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChangeLogTests {

  private final FakeClock clock = new FakeClock();
  private final ChangeLog log = new ChangeLog(clock::nanos);

  @Test
  void aChangeIsKnownOnceItHasBeenAppliedAndNotBefore() {
    Change change = change(1, 1, "k");

    assertThat(log.begin(change)).isTrue();
    assertThat(log.begin(change)).isTrue(); // somebody else, at the same time
    assertThat(known(1)).isZero();
    log.applied(change);

    assertThat(log.begin(change)).isFalse();
    assertThat(known(1)).isEqualTo(1);
  }

  @Test
  void questionsCarryAChangeFromBeforeItIsApplied() {
    assertThat(log.isEmpty()).isTrue();
    log.begin(change(1, 1, "k"));

    assertThat(log.of("g", "k")).extracting(ChangeId::getNumber).containsExactly(1L);
    assertThat(log.of("g", "l")).isEmpty();
    assertThat(log.of("h", "k")).isEmpty();
    assertThat(log.isEmpty()).isFalse();
  }

  @Test
  void ofEachAuthorTheLastChangeOfAKeyIsCarriedAndOfAllKeysTheLastOne() {
    apply(change(1, 1, "k"));
    apply(change(1, 2, "k"));
    apply(change(2, 1, "k"));
    apply(change(2, 2).toBuilder().setAll(true).build());

    assertThat(log.of("g", "k"))
        .extracting(ChangeId::getAuthor, ChangeId::getNumber, ChangeId::getScope)
        .containsExactlyInAnyOrder(
            tuple(1L, 2L, ChangeId.Scope.KEY),
            tuple(2L, 1L, ChangeId.Scope.KEY),
            tuple(2L, 2L, ChangeId.Scope.GROUP));
  }

  @Test
  void whatIsKnownDoesNotMovePastAGap() {
    apply(change(1, 1, "k"));
    apply(change(1, 3, "k"));
    assertThat(known(1)).isEqualTo(1);
    assertThat(log.begin(change(1, 3, "k"))).isFalse();

    apply(change(1, 2, "k"));

    assertThat(known(1)).isEqualTo(3);
  }

  @Test
  void whoeverLacksChangesIsGivenThemInOrderAndNoMoreThanFit() {
    for (int i = 1; i <= 5; i++) {
      apply(change(1, i, "k" + i));
    }

    assertThat(log.lackedBy(List.of(knows(1, 2)), 1000))
        .extracting(Change::getNumber)
        .containsExactly(3L, 4L, 5L);
    assertThat(log.lackedBy(List.of(), 1)).extracting(Change::getNumber).containsExactly(1L);
    assertThat(log.countLackedBy(Map.of(1L, 2L))).isEqualTo(3);
    assertThat(log.lackedBy(List.of(knows(1, 5)), 1000)).isEmpty();
  }

  @Test
  void noValueIsKeptForOthers() {
    apply(change(1, 1, "k").toBuilder().setValue(GetResponse.getDefaultInstance()).build());

    assertThat(log.lackedBy(List.of(), 1000)).noneMatch(Change::hasValue);
  }

  @Test
  void theOldestLeaveWhenTheKeysAreTooMany() {
    fill(ChangeLog.MAX_KEYS + 1);

    assertThat(log.known()).extracting(KnownChanges::getDropped).containsExactly(1L);
    assertThat(known(1)).isEqualTo(ChangeLog.MAX_KEYS + 1);
    assertThat(log.lackedBy(List.of(), 1)).extracting(Change::getNumber).containsExactly(2L);
  }

  @Test
  void questionsSayUpToWhichNumberChangesWereDroppedForWantOfRoomAsLongAsThatMatters() {
    fill(ChangeLog.MAX_KEYS + 1);

    assertThat(log.of("g", "never changed"))
        .extracting(ChangeId::getScope, ChangeId::getNumber)
        .containsExactly(tuple(ChangeId.Scope.ALL_BEFORE, 1L));

    clock.pass(Duration.ofMinutes(10));
    log.known();
    assertThat(log.of("g", "never changed")).isEmpty();
    assertThat(log.isEmpty()).isTrue();
  }

  @Test
  void changesLeaveWithTimeAndQuestionsSayNothingOfThat() {
    apply(change(1, 1, "k"));
    clock.pass(Duration.ofMinutes(10));
    apply(change(2, 1, "l"));

    assertThat(log.of("g", "k")).isEmpty();
    assertThat(log.lackedBy(List.of(), 1000)).extracting(Change::getAuthor).containsExactly(2L);
  }

  @Test
  void longKeysCountAsSeveral() {
    String longKey = "k".repeat(1 << 20);
    for (int i = 1; i <= 200; i++) {
      apply(change(1, i, longKey + i));
    }

    assertThat(log.known().get(0).getDropped()).isPositive();
  }

  @Test
  void whatCameOutOfOrderIsForgottenWithTheLog() {
    for (int i = 2; i <= ChangeLog.MAX_KEYS + 2; i++) {
      apply(change(1, i, "k"));
    }

    assertThat(known(1)).isZero();
    assertThat(log.begin(change(1, 2, "k"))).isTrue();
    assertThat(log.begin(change(1, ChangeLog.MAX_KEYS, "k"))).isFalse();
  }

  @Test
  void whoHasDroppedWhatThisPeerLacksHasItForgetThatOnce() {
    KnownChanges theirs = knows(1, 9).toBuilder().setDropped(5).build();
    apply(change(1, 7, "k"));
    assertThat(log.isBehind(List.of(theirs))).isTrue();

    log.forgotten(List.of(theirs));

    assertThat(log.isBehind(List.of(theirs))).isFalse();
    assertThat(known(1)).isEqualTo(5);
    assertThat(log.lacksAnyOf(List.of(theirs))).isTrue();
    apply(change(1, 6, "k"));
    assertThat(known(1)).isEqualTo(7);
  }

  @Test
  void aSilentAuthorIsLeftOutAfterAWhileAndForgottenLater() {
    apply(change(1, 1, "k"));
    clock.pass(Duration.ofMinutes(15));
    assertThat(log.known()).isEmpty();
    assertThat(log.lacksAnyOf(List.of(knows(1, 1)))).isFalse();

    clock.pass(Duration.ofMinutes(5));
    log.known();
    assertThat(log.lacksAnyOf(List.of(knows(1, 1)))).isTrue();
  }

  @Test
  void thereIsAnEndToAuthorsThatAreKnown() {
    for (int i = 1; i <= ChangeLog.MAX_AUTHORS + 100; i++) {
      apply(change(i, 1, "k" + i));
    }

    assertThat(log.known()).hasSize(ChangeLog.MAX_AUTHORS);
  }

  @Test
  void aChangeIsTheLatestOfItsKeyUntilALaterOneIsKnown() {
    Change sooner = change(1, 1, "k").toBuilder().setStamp(10).build();
    Change later = change(2, 1, "k").toBuilder().setStamp(11).build();
    log.begin(sooner);
    assertThat(log.isLatestOfItsKey(sooner)).isTrue();

    log.begin(later);

    assertThat(log.isLatestOfItsKey(sooner)).isFalse();
    assertThat(log.isLatestOfItsKey(later)).isTrue();
  }

  @Test
  void ofTwoThatHaveTheSameStampTheGreaterAuthorIsLater() {
    Change one = change(1, 1, "k").toBuilder().setStamp(10).build();
    Change other = change(-1, 1, "k").toBuilder().setStamp(10).build(); // unsigned
    log.begin(one);
    log.begin(other);

    assertThat(log.isLatestOfItsKey(one)).isFalse();
    assertThat(log.isLatestOfItsKey(other)).isTrue();
  }

  @Test
  void whereLaterOnesMayHaveLeftTheLogAChangeIsNotTheLatest() {
    apply(change(1, 1, "k").toBuilder().setStamp(10).build());
    clock.pass(Duration.ofMinutes(10));
    Change late = change(2, 1, "k").toBuilder().setStamp(9).build();
    log.begin(late);

    assertThat(log.isLatestOfItsKey(late)).isFalse();
  }

  private long known(long author) {
    return log.known().stream()
        .filter(each -> each.getAuthor() == author)
        .mapToLong(KnownChanges::getNumber)
        .sum();
  }

  private void fill(int changes) {
    for (int i = 1; i <= changes; i++) {
      apply(change(1, i, "k" + i));
    }
  }

  private void apply(Change change) {
    assertThat(log.begin(change)).isTrue();
    log.applied(change);
  }

  private static Change change(long author, long number, String... keys) {
    return Change.newBuilder()
        .setAuthor(author)
        .setNumber(number)
        .setStamp(number)
        .setGroup("g")
        .addAllKey(List.of(keys))
        .build();
  }

  private static KnownChanges knows(long author, long number) {
    return KnownChanges.newBuilder().setAuthor(author).setNumber(number).build();
  }
}
