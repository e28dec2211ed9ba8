package io.groupcache.benchmarks.visibility;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * Changes through one instance that a reader on another one waits for, reading without a pause, and
 * when it has seen them.
 */
final class Sightings {

  private static final long LONGEST_SECONDS = 20;

  private final Histogram times = new Histogram(TimeUnit.SECONDS.toNanos(LONGEST_SECONDS), 2);
  private long changes;
  private long changesWithOldReads;
  private long oldReads;

  /** Makes one round of changes, of a few keys in turn. */
  static Sightings of(SharedValues values, String round, int changes, int keys)
      throws InterruptedException, ExecutionException, TimeoutException {
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Sightings sightings = new Sightings();
      for (int i = 0; i < changes; i++) {
        String key = "key-" + i % keys;
        if (i < keys) {
          values.change(key, "before-" + round);
        }
        sightings.add(values, key, "value-" + round + "-" + i, reader);
      }
      return sightings;
    } finally {
      reader.shutdownNow();
    }
  }

  /** How long it took until the reader had the new value, since the writer began to change it. */
  double millis(double percentile) {
    return times.getValueAtPercentile(percentile) / 1e6;
  }

  /**
   * After how many of a hundred changes the reader had an old value, by a read that began later.
   */
  double percentWithOldReads() {
    return 100.0 * changesWithOldReads / changes;
  }

  /** How many old values the reader had after a change, by reads that began later. */
  double oldReadsOfChange() {
    return (double) oldReads / changes;
  }

  private void add(SharedValues values, String key, String value, ExecutorService thread)
      throws InterruptedException, ExecutionException, TimeoutException {
    Reader reader = new Reader(values, key, value);
    Future<?> reading = thread.submit(reader);
    reader.hasOld.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    long start = System.nanoTime();
    values.change(key, value);
    reader.isChanged = true;
    reading.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    times.recordValue(reader.seenAt - start);
    changes++;
    changesWithOldReads += reader.oldReads > 0 ? 1 : 0;
    oldReads += reader.oldReads;
  }

  /** Reads a value until it is the new one. */
  private static final class Reader implements Runnable {

    final CountDownLatch hasOld = new CountDownLatch(1);
    volatile boolean isChanged;
    long oldReads;
    long seenAt;

    private final SharedValues values;
    private final String key;
    private final String expected;

    Reader(SharedValues values, String key, String expected) {
      this.values = values;
      this.key = key;
      this.expected = expected;
    }

    @Override
    public void run() {
      boolean later = isChanged;
      while (!expected.equals(values.read(key))) {
        oldReads += later ? 1 : 0;
        hasOld.countDown();
        later = isChanged;
      }
      seenAt = System.nanoTime();
    }
  }
}
