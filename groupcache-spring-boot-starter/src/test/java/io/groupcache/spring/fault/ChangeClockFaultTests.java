package io.groupcache.spring.fault;

import static io.groupcache.spring.fault.FaultRing.java;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.spring.Threads;
import io.groupcache.spring.ring.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three peers whose values change and have a time to live, and whose clocks don't agree. */
@Tag("faults")
@Timeout(400)
@ExtendWith(ChangeReport.class)
class ChangeClockFaultTests {

  private static final Duration HOUR = Duration.ofHours(1);

  private static TruthFile truth;
  private static WallClock clock;
  private static ProcessMember right;
  private static ProcessMember ahead;
  private static ProcessMember behind;
  private static List<ProcessMember> peers;
  private static FaultRing ring;

  @BeforeAll
  static void start() throws IOException {
    WallClock.orSkip();
    truth = TruthFile.create();
    clock = new WallClock(Duration.ZERO);
    List<Integer> ports = FreePorts.stable(3);
    List<String> urls = ports.stream().map(FaultRing::url).toList();
    right = peer("right", clock, ports.get(0), urls);
    ahead = peer("ahead", new WallClock(HOUR), ports.get(1), urls);
    behind = peer("behind", new WallClock(HOUR.negated()), ports.get(2), urls);
    peers = List.of(right, ahead, behind);
    ring = new FaultRing(List.copyOf(peers));
  }

  @AfterEach
  void repair() {
    clock.put(Duration.ZERO);
    ring.repair();
  }

  @AfterAll
  static void stop() {
    if (ring != null) {
      ring.close();
    }
  }

  @Test
  void clocksAreAnHourApart(ChangeReport.Table table) {
    awaitAhead(ahead, HOUR);
    awaitAhead(behind, HOUR.negated());
    try (ChangeScenario scenario = begin("clocks that are an hour apart", table)) {
      TimedReads.assertTimesHold(peers);
      scenario.goOn(FaultSettings.FAULT);
      scenario.end();
    }
  }

  @Test
  void aClockJumps(ChangeReport.Table table) {
    String held = ring.newKeyOf(right, "held-");
    right.get(held);
    try (ChangeScenario scenario = begin("a clock jumps an hour ahead, later back", table)) {
      int before = right.runs(held);
      clock.put(HOUR);
      awaitAhead(right, HOUR);
      // It may have been asleep for an hour, and what it has missed is not to be had any more.
      await()
          .until(() -> {
            right.get(held);
            return right.runs(held) > before;
          });
      TimedReads.assertTimesHold(peers);
      clock.put(Duration.ZERO);
      awaitAhead(right, Duration.ZERO);
      TimedReads.assertTimesHold(peers);
      scenario.end();
    }
  }

  @Test
  void whoeverSetsLastWinsWhateverItsClockSays() {
    for (int i = 0; i < 10; i++) {
      String key = "set-" + i;
      for (ProcessMember last : List.of(ahead, right, behind, right)) {
        set(last, key);
        assertThat(peers).extracting(peer -> peer.get(key).text()).containsOnly(last.name());
      }
    }
  }

  @Test
  void oneOfRacingSetsWinsOnAllPeers() {
    for (int i = 0; i < 20; i++) {
      String key = "raced-" + i;
      peers.stream()
          .map(peer -> Threads.run(() -> set(peer, key)))
          .toList()
          .forEach(CompletableFuture::join);
      String winner = right.get(key).text();
      assertThat(peers).extracting(ProcessMember::name).contains(winner);
      assertThat(peers).extracting(peer -> peer.get(key).text()).containsOnly(winner);
    }
  }

  private static void set(ProcessMember peer, String key) {
    assertThat(peer.set(key, peer.name())).as("peers that have yet to hear of it").isEmpty();
  }

  private static void awaitAhead(ProcessMember peer, Duration ahead) {
    await()
        .until(
            () -> Duration.between(Instant.now(), peer.clock()).minus(ahead).abs().toMinutes() < 1);
  }

  private static ProcessMember peer(String name, WallClock clock, int port, List<String> urls) {
    String timeToLive = ".time-to-live=" + TimedReads.TIME_TO_LIVE.toMillis() + "ms";
    return java(
        name,
        FaultRing.url(port),
        port,
        urls,
        clock,
        truth.argument(),
        "--groupcache.groups.truth" + timeToLive,
        "--groupcache.groups.timed" + timeToLive,
        "--groupcache.security.shared-secret=s3cret");
  }

  private static ChangeScenario begin(String name, ChangeReport.Table table) {
    return ChangeScenario.begin(name, truth.truth(), peers, table);
  }
}
