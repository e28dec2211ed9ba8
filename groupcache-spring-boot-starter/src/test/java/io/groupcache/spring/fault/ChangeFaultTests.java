package io.groupcache.spring.fault;

import static io.groupcache.spring.fault.FaultRing.java;

import io.groupcache.spring.ring.FreePorts;
import io.groupcache.spring.ring.Truth;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three peers whose values change at their source and are removed, and a fault in the middle. */
@Tag("faults")
@Timeout(400)
@ExtendWith(ChangeReport.class)
class ChangeFaultTests {

  private static Truth truth;
  private static List<ProcessMember> peers;
  private static ProcessMember a;
  private static ProcessMember b;
  private static ProcessMember c;
  private static FaultRing ring;

  @BeforeAll
  static void start() throws IOException {
    List<Integer> ports = FreePorts.stable(3);
    List<String> urls = ports.stream().map(FaultRing::url).toList();
    TruthFile file = TruthFile.create();
    truth = file.truth();
    String argument = file.argument();
    a = java("a", urls.get(0), ports.get(0), urls, argument);
    b = java("b", urls.get(1), ports.get(1), urls, argument);
    c = java("c", urls.get(2), ports.get(2), urls, argument);
    peers = List.of(a, b, c);
    ring = new FaultRing(List.copyOf(peers));
  }

  @AfterEach
  void repair() {
    ring.repair();
  }

  @AfterAll
  static void stop() {
    if (ring != null) {
      ring.close();
    }
  }

  @Test
  void nothingHappens(ChangeReport.Table table) {
    try (ChangeScenario scenario = begin("none", table)) {
      scenario.goOn(FaultSettings.FAULT);
      scenario.end();
    }
  }

  @Test
  void aPeerIsKilled(ChangeReport.Table table) {
    try (ChangeScenario scenario = begin("`kill -9` of a peer, later a restart", table)) {
      scenario.load.isGone(b);
      b.kill();
      scenario.goOn(FaultSettings.FAULT);
      b.start();
      scenario.load.join(b);
      scenario.end();
    }
  }

  @Test
  void theRemoverIsKilledRightAfter(ChangeReport.Table table) {
    try (ChangeScenario scenario =
        begin("a peer is killed right after it has removed keys", table)) {
      scenario.load.leave(b);
      for (int i = 0; i < 20; i++) {
        scenario.load.change(b);
      }
      scenario.load.isGone(b);
      b.kill();
      scenario.goOn(FaultSettings.FAULT);
      b.start();
      scenario.load.join(b);
      scenario.end();
    }
  }

  @Test
  void aPeerIsFrozen(ChangeReport.Table table) {
    try (ChangeScenario scenario = begin("`SIGSTOP`, later `SIGCONT`", table)) {
      scenario.load.leave(b);
      b.freeze();
      scenario.hold();
      b.thaw();
      scenario.load.join(b);
      scenario.end();
    }
  }

  @Test
  void allPeersButOneAreFrozen(ChangeReport.Table table) {
    try (ChangeScenario scenario =
        begin("`SIGSTOP` of all peers but one, later `SIGCONT`", table)) {
      scenario.load.leave(b);
      scenario.load.leave(c);
      b.freeze();
      c.freeze();
      scenario.hold();
      scenario.goOn(Duration.ofSeconds(2));
      b.thaw();
      c.thaw();
      scenario.load.join(b);
      scenario.load.join(c);
      scenario.end();
    }
  }

  @Test
  void peersAreRestartedOneAfterAnother(ChangeReport.Table table) {
    try (ChangeScenario scenario = begin("a rolling restart", table)) {
      for (ProcessMember peer : peers) {
        scenario.load.isGone(peer);
        peer.stop();
        scenario.goOn(Duration.ofSeconds(1));
        peer.start();
        scenario.load.join(peer);
        scenario.goOn(Duration.ofSeconds(1));
      }
      scenario.end();
    }
  }

  private static ChangeScenario begin(String name, ChangeReport.Table table) {
    return ChangeScenario.begin(name, truth, peers, table);
  }
}
