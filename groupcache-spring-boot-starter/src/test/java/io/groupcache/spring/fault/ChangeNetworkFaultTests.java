package io.groupcache.spring.fault;

import static io.groupcache.spring.fault.FaultRing.java;

import io.groupcache.spring.RequiredTool;
import io.groupcache.spring.ring.FreePorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three peers whose values change, and which reach each other through a network that fails. */
@Tag("faults")
@Timeout(400)
@ExtendWith(ChangeReport.class)
class ChangeNetworkFaultTests {

  private static final List<ToxicProxy> NETWORKS = new ArrayList<>();
  private static final List<ProcessMember> PEERS = new ArrayList<>();

  private static TruthFile truth;
  private static FaultRing ring;

  @BeforeAll
  static void start() throws IOException {
    RequiredTool.orSkip("go", "version");
    truth = TruthFile.create();
    List<Integer> ports = FreePorts.stable(9);
    List<String> urls = ports.subList(0, 3).stream().map(FaultRing::url).toList();
    for (int i = 0; i < 3; i++) {
      int own = ports.get(3 + i);
      NETWORKS.add(ToxicProxy.start(ports.get(6 + i), ports.get(i), own));
      PEERS.add(java("behind-" + i, urls.get(i), own, urls, truth.argument()));
    }
    ring = new FaultRing(List.copyOf(PEERS));
  }

  @AfterEach
  void repair() {
    NETWORKS.forEach(ToxicProxy::heal);
    ring.repair();
  }

  @AfterAll
  static void stop() {
    if (ring != null) {
      ring.close();
    }
    NETWORKS.forEach(ToxicProxy::close);
  }

  @Test
  void oneConnectionInTenSwallowsAll(ChangeReport.Table table) {
    try (ChangeScenario scenario = begin("one connection in ten swallows all", table)) {
      NETWORKS.forEach(ToxicProxy::loseSome);
      scenario.goOn(FaultSettings.FAULT);
      NETWORKS.forEach(ToxicProxy::heal);
      scenario.end();
    }
  }

  @Test
  void aPeerCantBeReached(ChangeReport.Table table) {
    try (ChangeScenario scenario = begin("a peer can't be reached, and reaches others", table)) {
      NETWORKS.get(2).blackHole();
      scenario.hold();
      NETWORKS.get(2).heal();
      scenario.end();
    }
  }

  @Test
  void nobodyReachesAnybody(ChangeReport.Table table) {
    try (ChangeScenario scenario = begin("a network that is split, each peer by itself", table)) {
      NETWORKS.forEach(ToxicProxy::blackHole);
      scenario.hold();
      NETWORKS.forEach(ToxicProxy::heal);
      scenario.end();
    }
  }

  private static ChangeScenario begin(String name, ChangeReport.Table table) {
    return ChangeScenario.begin(name, truth.truth(), PEERS, table);
  }
}
