package io.groupcache.benchmarks.ring;

import com.sun.management.OperatingSystemMXBean;
import io.groupcache.Group;
import io.groupcache.benchmarks.load.Load;
import io.groupcache.benchmarks.load.Load.Measured;
import io.groupcache.benchmarks.process.Options;
import io.groupcache.benchmarks.report.Row;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Keys that are removed in a ring of three, whose peers share this machine, and what that costs:
 * prints the rows of the table.
 */
final class Removals {

  private static final int KEYS = 10_000;
  private static final int[] CALLERS = {1, 16, 64};

  /** As many keys a second as a busy application removes, in calls of so many. */
  private static final int KEYS_PER_SECOND = 10_000;

  private static final int KEYS_OF_A_CALL = 100;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Removals() {}

  /** Options: warm-up, seconds. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    Options options = new Options(args);
    new Removals().measure(options.seconds("warm-up", 5), options.seconds("seconds", 3));
    System.exit(0);
  }

  private void measure(Duration warmUp, Duration length)
      throws InterruptedException, ExecutionException {
    String secret = "groupcache.security.shared-secret=benchmark";
    try (Ring ring = Ring.start(3, (context, key, dest) -> dest.setString(key), secret)) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < KEYS; i++) {
        keys.add("key-" + i);
      }
      Group group = ring.group(0);
      new Load(16, warmUp.toNanos()).run(keys, group::remove);
      for (int callers : CALLERS) {
        long cpu = system.getProcessCpuTime();
        Measured measured = new Load(callers, length.toNanos()).run(keys, group::remove);
        double cpuOfOne =
            (system.getProcessCpuTime() - cpu) / 1e3 / measured.latencies().getTotalCount();
        String what = "removals known to all of three peers, " + callers + " callers: ";
        print(what + "keys", "/s", measured.perSecond());
        print(what + "p99", "ms", measured.millis(99));
        print(what + "CPU of all peers for one", "µs", cpuOfOne);
      }
      double cores = coresOfPacedRemovals(group, keys, length);
      print("10,000 keys a second removed from three peers, 100 at a time", "cores", cores);
    }
  }

  /** How many cores all peers together use for it. */
  private double coresOfPacedRemovals(Group group, List<String> keys, Duration length) {
    long pause = Duration.ofSeconds(1).toNanos() * KEYS_OF_A_CALL / KEYS_PER_SECOND;
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    long calls = 0;
    while (System.nanoTime() - start < length.toNanos()) {
      int from = (int) (calls % (KEYS / KEYS_OF_A_CALL)) * KEYS_OF_A_CALL;
      group.removeAll(keys.subList(from, from + KEYS_OF_A_CALL));
      calls++;
      long wait = start + calls * pause - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
    }
    return (double) (system.getProcessCpuTime() - cpu) / (System.nanoTime() - start);
  }

  private static void print(String what, String unit, double figure) {
    System.out.println(new Row(what, unit, figure, Map.of(), List.of()).markdown());
  }
}
