package io.groupcache.spring.fault;

import static io.groupcache.spring.fault.FaultRing.go;
import static io.groupcache.spring.fault.FaultRing.java;

import io.groupcache.spring.RequiredTool;
import io.groupcache.spring.ring.FreePorts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three Java peers whose values change, beside one in Go, which knows nothing of it: it is pending
 * for good, and what it owns on the ring is loaded by who stands in for it.
 */
@Tag("faults")
@Timeout(400)
@ExtendWith(ChangeReport.class)
class ChangeGoFaultTests {

  private static TruthFile truth;
  private static List<ProcessMember> peers;
  private static FaultRing ring;

  @BeforeAll
  static void start() throws IOException {
    RequiredTool.orSkip("go", "version");
    truth = TruthFile.create();
    List<Integer> ports = FreePorts.stable(4);
    List<String> urls = ports.stream().map(FaultRing::url).toList();
    peers =
        List.of(
            java("beside-a", urls.get(0), ports.get(0), urls, truth.argument()),
            java("beside-b", urls.get(1), ports.get(1), urls, truth.argument()),
            java("beside-c", urls.get(2), ports.get(2), urls, truth.argument()));
    ring =
        new FaultRing(
            List.of(peers.get(0), peers.get(1), peers.get(2), go("go", urls.get(3), urls)));
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
    try (ChangeScenario scenario = begin("none, beside a Go peer", table)) {
      scenario.goOn(FaultSettings.FAULT);
      scenario.end();
    }
  }

  @Test
  void aPeerIsFrozen(ChangeReport.Table table) {
    try (ChangeScenario scenario = begin("`SIGSTOP` of a peer beside a Go peer", table)) {
      ProcessMember frozen = peers.get(1);
      scenario.load.leave(frozen);
      frozen.freeze();
      scenario.hold();
      frozen.thaw();
      scenario.load.join(frozen);
      scenario.end();
    }
  }

  private static ChangeScenario begin(String name, ChangeReport.Table table) {
    return ChangeScenario.begin(name, truth.truth(), peers, table);
  }
}
