package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.RunningApp;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * What a running server holds: connections, threads, and bytes of heap that are in use.
 *
 * @param connections open connections
 * @param threads live threads of this JVM
 * @param heapBytes what a garbage collection leaves
 */
record ServerFootprint(long connections, int threads, long heapBytes) {

  private static final int MORE_THREADS = 20;
  private static final long MORE_HEAP_BYTES = 48L << 20;

  static ServerFootprint of(RunningApp app) {
    System.gc();
    return new ServerFootprint(
        app.bean(Source.class).connections(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  /** Waits until the server holds about as much as this. */
  void assertStillThatOf(RunningApp app) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          ServerFootprint now = of(app);
          System.err.println("before " + this + ", after " + now);
          assertThat(now.connections).isLessThanOrEqualTo(connections + 1);
          assertThat(now.threads).isLessThanOrEqualTo(threads + MORE_THREADS);
          assertThat(now.heapBytes).isLessThanOrEqualTo(heapBytes + MORE_HEAP_BYTES);
        });
  }

  /** A bean that sees the server's connector. */
  static final class Source {

    private @Nullable Connector connector;

    void watch(Connector watched) {
      connector = watched;
    }

    long connections() {
      AbstractProtocol<?> protocol =
          (AbstractProtocol<?>) Objects.requireNonNull(connector).getProtocolHandler();
      return protocol.getConnectionCount();
    }
  }
}
