package io.groupcache.benchmarks.ring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Callers that remove so many keys a second and no more, and how many cores that takes.
 *
 * @param perSecond how many keys they came to
 * @param cores what all peers had of the machine meanwhile
 */
record PacedRemovals(double perSecond, double cores) {

  /** As many as a busy application removes. */
  private static final int KEYS_PER_SECOND = 10_000;

  static PacedRemovals measure(
      int callers, int keysOfCall, Duration length, List<String> keys, Consumer<List<String>> call)
      throws InterruptedException, ExecutionException {
    List<List<String>> calls = new ArrayList<>();
    for (int from = 0; from + keysOfCall <= keys.size(); from += keysOfCall) {
      calls.add(keys.subList(from, from + keysOfCall));
    }
    long pause = TimeUnit.SECONDS.toNanos(1) * keysOfCall * callers / KEYS_PER_SECOND;
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      long cpu = Repeated.cpu();
      long start = System.nanoTime();
      Collection<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int caller = i;
        long first = start + caller * pause / callers; // not all at the same moment
        long end = start + length.toNanos();
        running.add(
            threads.submit(() -> {
              long made = 0;
              for (long next = first; next < end && System.nanoTime() < end; next += pause) {
                await(next);
                call.accept(calls.get((int) ((caller + made * callers) % calls.size())));
                made++;
              }
              return made;
            }));
      }
      long made = 0;
      for (Future<Long> each : running) {
        made += each.get();
      }
      double nanos = System.nanoTime() - start;
      return new PacedRemovals(made * keysOfCall * 1e9 / nanos, (Repeated.cpu() - cpu) / nanos);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(long moment) {
    for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
