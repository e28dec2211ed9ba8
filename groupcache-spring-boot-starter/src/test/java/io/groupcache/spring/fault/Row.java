package io.groupcache.spring.fault;

import io.groupcache.spring.ring.Vitals;
import java.time.Duration;

/**
 * What came of a scenario.
 *
 * @param scenario what happened
 * @param gets gets that were made
 * @param failed gets that gave no value
 * @param wrong gets that gave another value than the right one
 * @param extraRuns runs of a getter by somebody who never was the owner, or a second one
 * @param peerErrors requests to peers that failed, from those that were never restarted
 * @param late gets that took as long as the read time-out, or longer
 * @param slowest how long the slowest get took
 * @param back how long it took after the fault until all peers asked the owner again
 * @param before what the Java peers held before the fault, all together
 * @param after what they held in the end
 */
record Row(
    String scenario,
    long gets,
    long failed,
    long wrong,
    int extraRuns,
    long peerErrors,
    long late,
    Duration slowest,
    Duration back,
    Vitals before,
    Vitals after) {

  static final String HEAD =
      """
      | the fault | gets | failed | wrong | extra runs | peer errors | late | slowest get | owner back after | threads | sockets |
      |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
      """;

  String markdown() {
    return "| %s | %,d | %d | %d | %d | %,d | %d | %,d ms | %,d ms | %d → %d | %d → %d |%n"
        .formatted(
            scenario,
            gets,
            failed,
            wrong,
            extraRuns,
            peerErrors,
            late,
            slowest.toMillis(),
            back.toMillis(),
            before.threads(),
            after.threads(),
            before.sockets(),
            after.sockets());
  }
}
