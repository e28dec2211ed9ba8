package io.groupcache.spring.fault;

import static io.groupcache.spring.fault.FaultRing.go;
import static io.groupcache.spring.fault.FaultRing.java;

import io.groupcache.spring.RequiredTool;
import io.groupcache.spring.ring.FreePorts;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two Java peers and a Go peer: what happens to one, and what to the other. */
@Tag("faults")
@Timeout(400)
@ExtendWith(FaultReport.class)
class GoFaultTests {

  private static ProcessMember javaPeer;
  private static ProcessMember goPeer;
  private static FaultRing ring;

  @BeforeAll
  static void start() {
    RequiredTool.orSkip("go", "version");
    List<Integer> ports = FreePorts.stable(3);
    List<String> urls = ports.stream().map(FaultRing::url).toList();
    javaPeer = java("java", urls.get(1), ports.get(1), urls);
    goPeer = go("go", urls.get(2), urls);
    ring = new FaultRing(List.of(java("other", urls.get(0), ports.get(0), urls), javaPeer, goPeer));
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
  void aGoPeerIsKilled(FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("`kill -9` of a Go peer", ring, table)) {
      scenario.ownersAre(ring.without(goPeer));
      goPeer.kill();
      scenario.hold();
      goPeer.start();
      scenario.awaitServing(goPeer);
      scenario.end();
    }
  }

  @Test
  void aGoPeerIsFrozen(FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("`SIGSTOP` of a Go peer", ring, table)) {
      scenario.ownersAre(ring.without(goPeer));
      goPeer.freeze();
      scenario.hold();
      goPeer.thaw();
      scenario.awaitServing(goPeer);
      scenario.end();
    }
  }

  @Test
  void aJavaPeerIsFrozenBesideAGoPeer(FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("`SIGSTOP` of a peer beside a Go peer", ring, table)) {
      scenario.leave(javaPeer);
      scenario.ownersAre(ring.without(javaPeer));
      // A Go peer asks the owner itself, and waits as long as it takes: it can't stand in for it,
      // and is taken for lost, too, for a moment even when the owner is back.
      scenario.ownersAre(ring.without(javaPeer, goPeer));
      scenario.ownersAre(ring.without(goPeer));
      javaPeer.freeze();
      scenario.hold();
      javaPeer.thaw();
      scenario.join(javaPeer);
      scenario.awaitServing(javaPeer);
      scenario.end();
    }
  }

  @Test
  void aJavaPeerIsKilledBesideAGoPeer(FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("`kill -9` of a peer beside a Go peer", ring, table)) {
      scenario.leave(javaPeer);
      scenario.ownersAre(ring.without(javaPeer));
      javaPeer.kill();
      scenario.hold();
      javaPeer.start();
      scenario.join(javaPeer);
      scenario.awaitServing(javaPeer);
      scenario.end();
    }
  }
}
