package io.groupcache.internal.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.Exchange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which of two changes is the later one, where clocks don't agree. */
@Timeout(60)
class StampsTests {

  private final TimedRing ring = new TimedRing("a", "b");
  private final TimedRing.Peer a = ring.peer("a");
  private final TimedRing.Peer b = ring.peer("b");

  @AfterEach
  void close() {
    ring.close();
  }

  @Test
  void aChangeIsLaterThanOneThatItsAuthorHasNeverHeardOfAndThatHasLeftAllLogs() {
    b.clock.passOnTheWall(Duration.ofHours(1));
    ring.cutOff("a", true);
    long before = stampOfChangeThrough(b);
    a.clock.pass(Duration.ofMinutes(20));
    b.clock.pass(Duration.ofMinutes(20));
    ring.cutOff("a", false);
    a.changes.prepareToAnswer("g", "k", List.of());

    assertThat(stampOfChangeThrough(a)).isGreaterThan(before);
  }

  @Test
  void aProcessThatHasOnlyAskedForAKeyHasNotSaidItsStamps() {
    b.clock.passOnTheWall(Duration.ofHours(1));
    ring.cutOff("a", true);
    long before = stampOfChangeThrough(b);
    ring.cutOff("a", false);
    TimedRing.Peer restarted = ring.restart("a");
    restarted.changes.noteNewcomer("b", 7, false);

    restarted.changes.remove("g", List.of("k"));
    assertThat(restarted.changes.of("g", "k")).anyMatch(id -> id.getStamp() > before);
  }

  @Test
  void whoseCallerWasInterruptedAsksBeforeTheNextChange() {
    b.clock.passOnTheWall(Duration.ofHours(1));
    ring.cutOff("a", true);
    long before = stampOfChangeThrough(b);
    ring.cutOff("a", false);
    TimedRing.Peer restarted = ring.restart("a");
    Thread.currentThread().interrupt();
    restarted.changes.remove("g", List.of("another"));
    assertThat(Thread.interrupted()).isTrue();

    restarted.changes.remove("g", List.of("k"));
    assertThat(restarted.changes.of("g", "k")).anyMatch(id -> id.getStamp() > before);
  }

  private static long stampOfChangeThrough(TimedRing.Peer peer) {
    peer.changes.remove("g", List.of("k"));
    List<Change> log = peer.changes.pulse(Exchange.getDefaultInstance()).getChangeList();
    assertThat(log).hasSize(1);
    return log.get(0).getStamp();
  }
}
