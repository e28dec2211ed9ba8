package io.groupcache.spring.fault;

import static io.groupcache.spring.fault.FaultRing.java;
import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.ring.FreePorts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three Java peers, and one that lies when it is told to, under load, and a fault in the middle:
 * nobody is let down.
 */
@Tag("faults")
@Timeout(400)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(FaultReport.class)
class FaultHarnessTests {

  private static ProcessMember a;
  private static ProcessMember b;
  private static ProcessMember c;
  private static Liar liar;
  private static FaultRing ring;

  @BeforeAll
  static void start() throws IOException {
    List<Integer> ports = FreePorts.stable(4);
    List<String> urls = ports.stream().map(FaultRing::url).toList();
    a = java("a", urls.get(0), ports.get(0), urls);
    b = java("b", urls.get(1), ports.get(1), urls);
    c = java("c", urls.get(2), ports.get(2), urls);
    liar = new Liar(ports.get(3));
    liar.open();
    ring = new FaultRing(List.of(a, b, c, liar));
  }

  @AfterEach
  void repair() throws IOException {
    liar.tell(Lie.TRUTH);
    liar.open();
    ring.repair();
  }

  @AfterAll
  static void stop() {
    ring.close();
    liar.close();
    assertThat(liar.requestsForMany()).as("gets that went together").isPositive();
  }

  @Test
  @Order(1)
  void aPeerIsKilled(FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("`kill -9` of a peer", ring, table)) {
      scenario.leave(b);
      scenario.ownersAre(ring.without(b));
      b.kill();
      scenario.hold();
      b.start();
      scenario.join(b);
      scenario.awaitServing(b);
      scenario.end();
    }
  }

  @Test
  @Order(2)
  void aPeerIsFrozen(FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("`SIGSTOP`, later `SIGCONT`", ring, table)) {
      scenario.leave(b);
      scenario.ownersAre(ring.without(b));
      b.freeze();
      scenario.hold();
      b.thaw();
      scenario.join(b);
      scenario.awaitServing(b);
      scenario.end();
    }
  }

  @Test
  @Order(3)
  void aPeerIsRestarted(FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("a crash and a restart at once", ring, table)) {
      scenario.leave(b);
      scenario.ownersAre(ring.without(b));
      b.kill();
      b.start();
      scenario.join(b);
      scenario.awaitServing(b);
      scenario.end();
    }
  }

  @ParameterizedTest
  @Order(4)
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRUTH")
  void aPeerLies(Lie lie, FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("a peer answers " + lie.what(), ring, table)) {
      scenario.ownersAre(ring.without(liar));
      liar.tell(lie);
      scenario.hold();
      liar.tell(Lie.TRUTH);
      scenario.awaitServing(liar);
      scenario.end();
    }
  }

  @Test
  @Order(5)
  void ringsDisagreeInEveryPair(FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("rings disagree in every pair", ring, table)) {
      see(scenario, ring.without(b), ring.without(c), ring.without(a), ring.without(liar));
      scenario.hold();
      see(scenario, ring.members(), ring.members(), ring.members(), ring.members());
      for (RingMember member : ring.members()) {
        scenario.awaitServing(member);
      }
      scenario.end();
    }
  }

  private static void see(
      Scenario scenario,
      List<RingMember> aSees,
      List<RingMember> bSees,
      List<RingMember> cSees,
      List<RingMember> clientSees) {
    List.of(aSees, bSees, cSees, clientSees).forEach(scenario::ownersAre);
    a.see(FaultRing.urls(aSees));
    b.see(FaultRing.urls(bSees));
    c.see(FaultRing.urls(cSees));
    ring.client().see(FaultRing.urls(clientSees));
  }

  @Test
  @Order(6)
  void everyPeerIsRestartedInItsTurn(FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("a rolling restart of every peer", ring, table)) {
      for (ProcessMember peer : List.of(a, b, c)) {
        scenario.ownersAre(ring.without(peer));
        scenario.stop(peer);
        peer.start();
        scenario.join(peer);
        scenario.awaitServing(peer);
      }
      scenario.end();
    }
  }

  @Test
  @Order(7)
  void allPeersButOneAreGone(FaultReport.Table table) throws IOException {
    try (Scenario scenario = Scenario.begin("all peers but one are gone", ring, table)) {
      scenario.leave(b);
      scenario.leave(c);
      scenario.ownersAre(ring.without(b));
      b.kill();
      scenario.ownersAre(ring.without(b, c));
      c.kill();
      scenario.ownersAre(ring.without(b, c, liar));
      liar.close();
      scenario.hold();
      liar.open();
      scenario.awaitServing(liar, ring.without(b, c));
      b.start();
      scenario.join(b);
      scenario.awaitServing(b, ring.without(c));
      c.start();
      scenario.join(c);
      scenario.awaitServing(c);
      scenario.end();
    }
  }
}
