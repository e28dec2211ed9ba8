package io.groupcache.internal.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.ChangeId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ChangeLogLapseTests {

  private static final long AUTHOR = 7;

  private final AtomicLong clock = new AtomicLong();
  private final ChangeLog log = new ChangeLog(clock::get);
  private final ChangeLog other = new ChangeLog(clock::get);

  @Test
  void whoHasLetAnAuthorLapseLacksNothingOfIt() {
    apply(other, change(1));
    pass(TimeUnit.SECONDS, 1);
    apply(log, change(1));

    for (int i = 0; i < 25 * 60; i++) {
      pass(TimeUnit.SECONDS, 1);
      assertThat(log.countLackedBy(ChangeLog.numbers(other.known()))).isZero();
      assertThat(other.countLackedBy(ChangeLog.numbers(log.known()))).isZero();
      assertThat(log.isBehind(other.known())).isFalse();
      assertThat(other.isBehind(log.known())).isFalse();
    }
  }

  @Test
  void aChangeThatIsToldAgainDoesNotKeepItsAuthorAlive() {
    apply(other, change(1));
    apply(log, change(1));
    pass(TimeUnit.MINUTES, 14);
    other.begin(change(1));

    pass(TimeUnit.MINUTES, 6);

    assertThat(log.known()).isEmpty();
    assertThat(other.known()).isEmpty();
  }

  @Test
  void whatWasForgottenBecauseOthersHadNoRoomIsCarriedByQuestions() {
    for (int i = 0; i <= ChangeLog.MAX_KEYS; i++) {
      apply(other, change(i + 1));
    }

    log.beginForgetting(other.known());
    log.forgotten(other.known());

    assertThat(log.isBehind(other.known())).isFalse();
    assertThat(log.of("things", "key-1"))
        .containsExactly(
            ChangeId.newBuilder()
                .setAuthor(AUTHOR)
                .setNumber(1)
                .setScope(ChangeId.Scope.ALL_BEFORE)
                .build());
  }

  @Test
  void whatWasForgottenBecauseItWasOldIsNot() {
    apply(other, change(1));
    pass(TimeUnit.MINUTES, 11);

    log.beginForgetting(other.known());
    log.forgotten(other.known());

    assertThat(log.isBehind(other.known())).isFalse();
    assertThat(log.of("things", "key-1")).isEmpty();
  }

  @Test
  void aChangeIsHandedOnAlsoWhereOneBeforeItNeverCame() {
    apply(log, change(2));

    assertThat(log.lackedBy(other.known(), 1000)).containsExactly(change(2));
  }

  private void pass(TimeUnit unit, long time) {
    clock.addAndGet(unit.toNanos(time));
  }

  private static void apply(ChangeLog log, Change change) {
    if (log.begin(change)) {
      log.applied(change);
    }
  }

  private static Change change(long number) {
    return Change.newBuilder()
        .setAuthor(AUTHOR)
        .setNumber(number)
        .setStamp(number)
        .setGroup("things")
        .addKey("key-" + number)
        .build();
  }
}
