package io.groupcache.spring.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/** A ring under load to which something happens, and what is counted meanwhile. */
final class Scenario implements AutoCloseable {

  private static final Duration WARM_UP = Duration.ofSeconds(1);

  /**
   * What it may cost one asker to find out that a peer is gone, and when it is back: all gets that
   * are under way, and one in a second that is tried later. Without a breaker it is every get.
   */
  private static final long ERRORS = Load.THREADS + 10 + FaultSettings.FAULT.toSeconds();

  private static final Executor IN_BACKGROUND = task -> new Thread(task, "stopping").start();

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String name;
  private final FaultRing ring;
  private final FaultReport.Table table;
  private final String prefix = "slow:" + NUMBER.incrementAndGet() + "-";
  private final Ownership ownership = new Ownership();
  private final Set<RingMember> missed = new HashSet<>();
  private final Load load;
  private final Holdings holdings;
  private final Map<Target, PeerErrors> errorsBefore;
  private Duration back = Duration.ZERO;

  private Scenario(String name, FaultRing ring, FaultReport.Table table) {
    this.name = name;
    this.ring = ring;
    this.table = table;
    ownersAre(ring.members());
    this.load = new Load(prefix, ring.targets());
    try {
      ring.members().forEach(member -> ring.awaitServing(member, "slow:settle-", load));
      load.goOn(WARM_UP);
      this.holdings = Holdings.of(ring.javaPeers().toList());
      this.errorsBefore =
          ring.targets().stream()
              .collect(
                  Collectors.toMap(
                      target -> target,
                      target -> new PeerErrors(target.incarnation(), target.peerErrors())));
    } catch (Throwable e) {
      load.close();
      throw e;
    }
  }

  /** Starts the load, and returns when it goes well. */
  static Scenario begin(String name, FaultRing ring, FaultReport.Table table) {
    return new Scenario(name, ring, table);
  }

  /** Asks nobody through that peer until it joins again. */
  void leave(ProcessMember peer) {
    load.leave(peer);
  }

  /**
   * Has a peer stop as in a deployment, while gets through it are under way, and gets through
   * others that it has to answer.
   */
  void stop(ProcessMember peer) {
    String loadedHere = ring.newKeyOf(peer, "slower:");
    String askedFor = ring.newKeyOf(peer, "slower:");
    load.leaveAtOnce(peer);
    CompletableFuture<Void> gets =
        CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> load.get(peer, loadedHere), IN_BACKGROUND),
            CompletableFuture.runAsync(() -> load.get(ring.client(), askedFor), IN_BACKGROUND));
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> peer.hasLoaded(loadedHere) && peer.hasLoaded(askedFor));
    peer.stop();
    gets.join();
  }

  void join(ProcessMember peer) {
    load.join(peer);
  }

  /** These are on the ring and living from now on, as all see it, or one. */
  void ownersAre(List<? extends RingMember> living) {
    ownership.add(living);
    Set<RingMember> absent = new HashSet<>(ring.members());
    absent.removeAll(living);
    missed.addAll(absent);
  }

  /** Lets the fault last. */
  void hold() {
    load.goOn(FaultSettings.FAULT);
  }

  /** All are back: waits until everybody asks the owner for its keys again. */
  void awaitServing(RingMember owner) {
    awaitServing(owner, ring.members());
  }

  /** The owner is back: waits until everybody asks it for its keys again. */
  void awaitServing(RingMember owner, List<? extends RingMember> living) {
    long start = System.nanoTime();
    ownersAre(living);
    ring.awaitServing(owner, prefix + "back-", load);
    back = max(back, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Counts, adds to the table, and complains about what is not as it should be. */
  void end() {
    load.close();
    holdings.awaitRest();
    long peerErrors = peerErrors();
    Duration slowest = Duration.ofNanos(load.slowest().nanos());
    int extraRuns = ownership.extraRuns(prefix, ring.everybody());
    Row row =
        new Row(
            name,
            load.gets(),
            load.failed(),
            load.wrong(),
            extraRuns,
            peerErrors,
            load.late(),
            slowest,
            back,
            holdings.before(),
            holdings.after());
    table.add(row);
    System.out.print(row.markdown());

    SoftAssertions softly = new SoftAssertions();
    softly.assertThat(load.complaints()).as("failed gets and wrong values").isEmpty();
    // None where nothing is nearly late. A living peer that is, on a machine that is too busy for
    // the time-out, is taken for lost for a moment.
    softly
        .assertThat((long) extraRuns)
        .as("runs of getters beyond one for each owner")
        .isLessThanOrEqualTo(load.nearlyLate() * Load.THREADS);
    softly
        .assertThat(peerErrors)
        .as("failed requests to peers, %s of which were gone", missed.size())
        .isLessThanOrEqualTo(ERRORS * errorsBefore.size() * missed.size());
    softly.assertThat(slowest).as("%s", load.slowest()).isLessThan(FaultSettings.DEADLINE);
    holdings.check(softly);
    softly.assertAll();
    assertThat(load.gets()).isPositive();
  }

  /** Stops the load. */
  @Override
  public void close() {
    load.close();
  }

  private long peerErrors() {
    long errors = 0;
    for (Map.Entry<Target, PeerErrors> then : errorsBefore.entrySet()) {
      if (then.getKey().incarnation().equals(then.getValue().incarnation())) {
        errors += then.getKey().peerErrors() - then.getValue().count();
      }
    }
    return errors;
  }

  private record PeerErrors(String incarnation, long count) {}

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
