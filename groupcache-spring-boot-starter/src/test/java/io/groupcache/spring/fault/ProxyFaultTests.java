package io.groupcache.spring.fault;

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

/** Three Java peers, one of which the others reach through a network that fails. */
@Tag("faults")
@Timeout(400)
@ExtendWith(FaultReport.class)
class ProxyFaultTests {

  private static ProcessMember far;
  private static ToxicProxy network;
  private static FaultRing ring;

  @BeforeAll
  static void start() {
    RequiredTool.orSkip("go", "version");
    List<Integer> ports = FreePorts.stable(5);
    List<String> urls = ports.subList(0, 3).stream().map(FaultRing::url).toList();
    network = ToxicProxy.start(ports.get(4), ports.get(2), ports.get(3));
    far = java("far", urls.get(2), ports.get(3), urls);
    ring =
        new FaultRing(
            List.of(
                java("near", urls.get(0), ports.get(0), urls),
                java("by", urls.get(1), ports.get(1), urls),
                far));
  }

  @AfterEach
  void repair() {
    network.heal();
    ring.repair();
  }

  @AfterAll
  static void stop() {
    if (ring != null) {
      ring.close();
    }
    if (network != null) {
      network.close();
    }
  }

  @Test
  void connectionsAreReset(FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("connections to a peer are reset", ring, table)) {
      scenario.ownersAre(ring.without(far));
      network.reset();
      scenario.hold();
      network.heal();
      scenario.awaitServing(far);
      scenario.end();
    }
  }

  @Test
  void connectionsAreBlackHoled(FaultReport.Table table) {
    try (Scenario scenario = Scenario.begin("connections to a peer swallow all", ring, table)) {
      scenario.ownersAre(ring.without(far));
      network.blackHole();
      scenario.hold();
      network.heal();
      scenario.awaitServing(far);
      scenario.end();
    }
  }
}
