package io.groupcache.benchmarks.ring;

import io.groupcache.GroupCacheException;
import io.groupcache.benchmarks.report.Row;
import io.groupcache.benchmarks.report.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One key whose getter takes longer than a request to a peer may, and 16 callers on each of three
 * peers: prints the rows of the table.
 */
final class OneSlowKey {

  private static final int PEERS = 3;
  private static final int CALLERS = 16;
  private static final long GETTER_MILLIS = 6000;

  private OneSlowKey() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    AtomicInteger runs = new AtomicInteger();
    try (Ring ring =
        Ring.start(
            PEERS,
            (context, key, dest) -> {
              runs.incrementAndGet();
              Thread.sleep(GETTER_MILLIS);
              dest.setString(key);
            })) {
      long start = System.nanoTime();
      int served = served(ring);
      double seconds = (System.nanoTime() - start) / 1e9;
      print("runs in the ring", "runs", runs.get(), Target.atMost(1));
      print("callers served", "callers", served, Target.atLeast(PEERS * CALLERS));
      print("until the last was", "s", seconds);
    }
    System.exit(0); // whatever the getters are at
  }

  /** Has all callers get the key at once, and says how many of them got the value. */
  private static int served(Ring ring) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(PEERS * CALLERS);
    try {
      List<Future<Boolean>> callers = new ArrayList<>();
      for (int i = 0; i < PEERS * CALLERS; i++) {
        int peer = i % PEERS;
        callers.add(threads.submit(() -> isServed(ring, peer)));
      }
      int served = 0;
      for (Future<Boolean> caller : callers) {
        served += caller.get() ? 1 : 0;
      }
      return served;
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isServed(Ring ring, int peer) {
    try {
      return ring.group(peer).get("key").utf8().equals("key");
    } catch (GroupCacheException e) {
      System.err.println("Not served on peer " + peer + ": " + e);
      return false;
    }
  }

  private static void print(String what, String unit, double figure, Target... targets) {
    String row = "getter of 6 s, one key, 3 × 16 callers: " + what;
    System.out.println(new Row(row, unit, figure, Map.of(), List.of(targets)).markdown());
  }
}
