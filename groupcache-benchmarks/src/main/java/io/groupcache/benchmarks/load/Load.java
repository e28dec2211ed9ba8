package io.groupcache.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Callers that get as fast as they can. Each has its own share of the keys and gets it over and
 * over, so that no two ask for the same key at a time and single flight has nothing to save.
 */
public final class Load {

  private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);

  private final int callers;
  private final long nanos;

  /** That many callers, each of whom gets for so long. */
  public Load(int callers, long nanos) {
    this.callers = callers;
    this.nanos = nanos;
  }

  /** Gets the keys with {@code get}. */
  public <K> Measured run(List<K> keys, Consumer<K> get)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      long start = System.nanoTime();
      List<Future<Histogram>> running = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int caller = i;
        running.add(threads.submit(() -> call(keys, caller, start, get)));
      }
      Histogram latencies = new Histogram(LONGEST, 2);
      for (Future<Histogram> one : running) {
        latencies.add(one.get());
      }
      return new Measured(latencies, System.nanoTime() - start);
    } finally {
      threads.shutdownNow();
    }
  }

  private <K> Histogram call(List<K> keys, int caller, long start, Consumer<K> get) {
    Histogram latencies = new Histogram(LONGEST, 2);
    long last = start;
    for (int i = caller % keys.size(); last - start < nanos; ) {
      get.accept(keys.get(i));
      long now = System.nanoTime();
      latencies.recordValue(now - last);
      last = now;
      i += callers;
      if (i >= keys.size()) {
        i = caller % keys.size();
      }
    }
    return latencies;
  }

  /**
   * What the callers have measured.
   *
   * @param latencies those of all gets, in nanoseconds
   * @param nanos how long it took
   */
  public record Measured(Histogram latencies, long nanos) {

    /** Gets a second. */
    public double perSecond() {
      return latencies.getTotalCount() * 1e9 / nanos;
    }

    /** The latency that so many per cent of the gets keep within. */
    public double millis(double percentile) {
      return latencies.getValueAtPercentile(percentile) / 1e6;
    }

    /** {@code gets=N nanos=N p50=N p99=N}. */
    @Override
    public String toString() {
      return "gets=%d nanos=%d p50=%d p99=%d"
          .formatted(
              latencies.getTotalCount(),
              nanos,
              latencies.getValueAtPercentile(50),
              latencies.getValueAtPercentile(99));
    }
  }
}
