package io.groupcache.spring.fault;

import static org.awaitility.Awaitility.await;

import io.groupcache.spring.ring.Vitals;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What peers hold under load, and what is left of it once nobody asks them: no pool has more
 * threads then. Under load that can't be told, since a pool that a busy machine has made larger
 * stays as large as it is.
 */
final class Holdings {

  /** A pool's last idle connection is closed, and its last idle thread ends, well within that. */
  private static final Duration TIME_TO_REST = Duration.ofSeconds(45);

  /** A pool may have grown by as many as there are gets at a time. */
  private static final int MORE_SOCKETS = Load.THREADS;

  private final Map<ProcessMember, Vitals> before;
  private final Map<ProcessMember, Vitals> after = new HashMap<>();

  private Holdings(Map<ProcessMember, Vitals> before) {
    this.before = before;
  }

  /** Measures them under load. */
  static Holdings of(Collection<ProcessMember> peers) {
    return new Holdings(vitals(peers));
  }

  /** Waits, when there is no load any more, until they hold no more than they did; not for ever. */
  void awaitRest() {
    try {
      await()
          .atMost(TIME_TO_REST)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> {
            after.putAll(vitals(before.keySet()));
            return before.keySet().stream().allMatch(this::isAtRest);
          });
    } catch (ConditionTimeoutException e) {
      // What is held in the end is for the report, and for the check.
    }
  }

  /** Complains about what they held in the end, and had not held under load. */
  void check(SoftAssertions softly) {
    after.forEach((peer, vitals) -> {
      softly.assertThat(newThreads(peer)).as("%s: new threads, by pool", peer).isEmpty();
      softly
          .assertThat(vitals.sockets())
          .as("%s: sockets", peer)
          .isLessThanOrEqualTo(mostSockets(peer));
    });
  }

  /** What all of them held under load. */
  Vitals before() {
    return sum(before);
  }

  /** What all of them held in the end. */
  Vitals after() {
    return sum(after);
  }

  private boolean isAtRest(ProcessMember peer) {
    return newThreads(peer).isEmpty() && vitals(peer, after).sockets() <= mostSockets(peer);
  }

  private Map<String, Integer> newThreads(ProcessMember peer) {
    return vitals(peer, after).threadsMoreThan(vitals(peer, before));
  }

  private int mostSockets(ProcessMember peer) {
    return vitals(peer, before).sockets() + MORE_SOCKETS;
  }

  private static Vitals vitals(ProcessMember peer, Map<ProcessMember, Vitals> all) {
    return Objects.requireNonNull(all.get(peer));
  }

  private static Map<ProcessMember, Vitals> vitals(Collection<ProcessMember> peers) {
    Map<ProcessMember, Vitals> vitals = new HashMap<>();
    peers.forEach(peer -> vitals.put(peer, peer.vitals()));
    return vitals;
  }

  private static Vitals sum(Map<ProcessMember, Vitals> vitals) {
    return vitals.values().stream().reduce(Vitals.NONE, Vitals::plus);
  }
}
