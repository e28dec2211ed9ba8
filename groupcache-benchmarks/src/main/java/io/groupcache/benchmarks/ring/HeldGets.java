package io.groupcache.benchmarks.ring;

import io.groupcache.GetContext;
import io.groupcache.Group;
import io.groupcache.Sink;
import io.groupcache.benchmarks.load.Load;
import io.groupcache.benchmarks.load.Load.Measured;
import io.groupcache.benchmarks.process.Options;
import io.groupcache.benchmarks.report.Row;
import io.groupcache.benchmarks.report.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gets of values that their owner holds, while 60 loads are under way there for callers of the same
 * peer: prints the rows of the table.
 */
final class HeldGets {

  private static final int CALLERS = 16;
  private static final int HELD_KEYS = 1000;
  private static final int SLOW_LOADS = 60;
  private static final Duration SLOW_LOAD = Duration.ofSeconds(2);

  /** While all of the slow loads are under way. */
  private static final Duration MEASURED = Duration.ofMillis(1500);

  private final AtomicInteger heldLoads = new AtomicInteger();
  private final CountDownLatch slowLoad = new CountDownLatch(1);

  private HeldGets() {}

  /** Options: warm-up. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    new HeldGets().measure(new Options(args).seconds("warm-up", 5));
    System.exit(0); // whatever the getters are at
  }

  private void measure(Duration warmUp) throws InterruptedException, ExecutionException {
    String[] settings = {
      "groupcache.server.max-concurrent-requests=8", "groupcache.client.max-connections-per-peer=8"
    };
    try (Ring ring = Ring.start(3, this::load, settings)) {
      List<String> held = ring.keysOf(1, "held:", HELD_KEYS);
      held.forEach(ring.group(1)::get);
      Group asker = ring.group(0);
      get(asker, held, warmUp);
      long before = asker.stats().loadsPeer();
      Measured alone = get(asker, held, MEASURED);
      double aloneRate = remoteGetsSince(before, asker, alone);
      heldLoads.set(0);

      ExecutorService threads = Executors.newFixedThreadPool(SLOW_LOADS);
      ring.keysOf(1, "slow:", SLOW_LOADS).forEach(key -> threads.submit(() -> asker.get(key)));
      slowLoad.await();
      before = asker.stats().loadsPeer();
      Measured beside = get(asker, held, MEASURED);
      double besideRate = remoteGetsSince(before, asker, beside);
      threads.shutdownNow();

      print("values from the peer", "/s", besideRate, Map.of("without loads", aloneRate));
      print("p99", "ms", beside.millis(99), Map.of("without loads", alone.millis(99)));
      print("held values loaded again", "values", heldLoads.get(), Map.of(), Target.atMost(0));
    }
  }

  private void load(GetContext context, String key, Sink dest) throws InterruptedException {
    if (key.startsWith("slow:")) {
      slowLoad.countDown();
      Thread.sleep(SLOW_LOAD.toMillis());
    } else {
      heldLoads.incrementAndGet();
    }
    dest.setString(key);
  }

  private static Measured get(Group asker, List<String> keys, Duration length)
      throws InterruptedException, ExecutionException {
    return new Load(CALLERS, length.toNanos()).run(keys, asker::get);
  }

  /** Values a second that came from the peer: what the asker has loaded itself, it holds itself. */
  private static double remoteGetsSince(long before, Group asker, Measured measured) {
    return (asker.stats().loadsPeer() - before) * 1e9 / measured.nanos();
  }

  private static void print(
      String what, String unit, double figure, Map<String, Double> beside, Target... targets) {
    String row = "held by a peer, 16 callers, beside 60 loads of 2 s: " + what;
    System.out.println(new Row(row, unit, figure, beside, List.of(targets)).markdown());
  }
}
