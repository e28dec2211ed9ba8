package io.groupcache.spring.fault;

import java.time.Duration;
import java.util.List;

/** The settings of the rings that faults happen to: short, so that faults are. */
final class FaultSettings {

  static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
  static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

  /** No get may take longer. */
  static final Duration DEADLINE = Duration.ofSeconds(20);

  static final int MAX_RESPONSE_BYTES = 1 << 20;

  /** How long a fault lasts: longer than the time-outs, and as long as {@code faults.seconds}. */
  static final Duration FAULT = Duration.ofSeconds(Long.getLong("faults.seconds", 2));

  /** As many server threads from the start as there ever are: those that come later are leaks. */
  static final List<String> ARGUMENTS =
      List.of(
          "--groupcache.client.connect-timeout=" + CONNECT_TIMEOUT.toMillis() + "ms",
          "--groupcache.client.read-timeout=" + READ_TIMEOUT.toMillis() + "ms",
          "--groupcache.client.max-response-size=" + MAX_RESPONSE_BYTES + "B",
          "--groupcache.timeout=" + DEADLINE.toSeconds() + "s",
          "--spring.lifecycle.timeout-per-shutdown-phase=10s",
          "--server.tomcat.threads.max=64",
          "--server.tomcat.threads.min-spare=64",
          "--test.delay=5ms");

  private FaultSettings() {}
}
