package io.groupcache.internal.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.ChangeId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Changes that a question has brought, each of the key that was asked for. */
class CarriedChangesTests {

  private final FakeClock clock = new FakeClock();
  private final ChangeLog log = new ChangeLog(clock::nanos);

  @Test
  void itIsKnownOnceItHasBeenApplied() {
    ChangeId id = id(1, 3);

    assertThat(log.beginCarried("g", "k", id)).isTrue();
    assertThat(log.beginCarried("g", "k", id)).isTrue(); // another question, at the same time
    log.appliedCarried("g", "k", id);

    assertThat(log.beginCarried("g", "k", id)).isFalse();
    assertThat(log.beginCarried("g", "k", id(1, 2))).isFalse();
    assertThat(log.beginCarried("g", "k", id(1, 4))).isTrue();
  }

  @Test
  void itIsKnownOfThatKeyOnly() {
    log.beginCarried("g", "k", id(1, 3));
    log.appliedCarried("g", "k", id(1, 3));

    assertThat(log.beginCarried("g", "l", id(1, 3))).isTrue();
    assertThat(log.known()).isEmpty();
  }

  @Test
  void questionsOfThisPeerCarryItOn() {
    log.beginCarried("g", "k", id(1, 3));

    assertThat(log.of("g", "k")).extracting(ChangeId::getNumber).containsExactly(3L);
  }

  @Test
  void oneThatTheAuthorHasToldOfIsKnown() {
    Change change = Change.newBuilder().setAuthor(1).setNumber(1).setGroup("g").addKey("k").build();
    log.begin(change);
    assertThat(log.beginCarried("g", "k", id(1, 1))).isTrue(); // it is being applied

    log.applied(change);

    assertThat(log.beginCarried("g", "k", id(1, 1))).isFalse();
  }

  @Test
  void aNumberThatIsNoneBringsNothing() {
    assertThat(log.beginCarried("g", "k", id(1, 0))).isFalse();
    assertThat(log.beginCarried("g", "k", id(1, -1))).isFalse();
  }

  @Test
  void itIsForgottenWithTime() {
    log.beginCarried("g", "k", id(1, 3));
    log.appliedCarried("g", "k", id(1, 3));
    clock.pass(Duration.ofMinutes(10));
    log.known();

    assertThat(log.of("g", "k")).isEmpty();
    assertThat(log.beginCarried("g", "k", id(1, 3))).isTrue();
  }

  private static ChangeId id(long author, long number) {
    return ChangeId.newBuilder().setAuthor(author).setNumber(number).setStamp(number).build();
  }
}
