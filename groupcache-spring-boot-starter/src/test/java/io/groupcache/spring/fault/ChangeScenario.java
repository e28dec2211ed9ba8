package io.groupcache.spring.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.spring.ring.Truth;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A ring whose values change, to which something happens: no read is stale. */
final class ChangeScenario implements AutoCloseable {

  private static final Duration WARM_UP = Duration.ofSeconds(1);

  /** What is pending is done within seconds of a peer's being back. */
  private static final Duration TIME_TO_SETTLE = Duration.ofSeconds(60);

  private final String name;
  private final List<ProcessMember> peers;
  private final ChangeReport.Table table;
  final ChangeLoad load;

  private ChangeScenario(
      String name, Truth truth, List<ProcessMember> peers, ChangeReport.Table table) {
    this.name = name;
    this.peers = peers;
    this.table = table;
    this.load = new ChangeLoad(truth, peers);
    goOn(WARM_UP);
  }

  static ChangeScenario begin(
      String name, Truth truth, List<ProcessMember> peers, ChangeReport.Table table) {
    return new ChangeScenario(name, truth, peers, table);
  }

  /** Lets the fault last, and longer than a peer may be without contact. */
  void hold() {
    goOn(FaultSettings.FAULT.plusSeconds(6));
  }

  void goOn(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All peers are back: no read has been stale, and soon all are up to date. */
  void end() {
    goOn(WARM_UP);
    load.endChanges();
    long start = System.nanoTime();
    await()
        .atMost(TIME_TO_SETTLE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> peers.stream().allMatch(load::isUpToDate));
    Duration settled = Duration.ofNanos(System.nanoTime() - start);
    load.close();
    table.add(name, load, settled);
    assertThat(load.complaints()).as("stale and failed reads").isEmpty();
    assertThat(load.stale()).isZero();
    assertThat(load.changes()).isPositive();
  }

  @Override
  public void close() {
    load.close();
  }
}
