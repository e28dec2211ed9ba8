package io.groupcache.benchmarks.ring;

import io.groupcache.Group;
import io.groupcache.Invalidation;
import io.groupcache.benchmarks.process.Options;
import io.groupcache.benchmarks.report.Row;
import io.groupcache.benchmarks.report.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Keys that are removed in a ring of three, whose peers share this process, beside gets from
 * another peer of a ring in which nothing changes: prints the rows of the table.
 */
final class Removals {

  private static final int KEYS = 10_000;
  private static final int KEYS_OF_REMOVE_ALL = 1000;
  private static final String REMOTE_GET = "remote get";

  private final Group group;
  private final List<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).toList();
  private final Repeated<String> get;
  private final Repeated<String> getBesideChanges;
  private final Repeated<String> remove;
  private final Repeated<List<String>> removeAll;
  private final List<Repeated<String>> removesOfMany;

  private Removals(Ring ring, Ring unchanged) {
    this.group = ring.group(0);
    this.get = remoteGets(unchanged);
    this.getBesideChanges = remoteGets(ring);
    this.remove = new Repeated<>(1, keys, this::remove);
    this.removeAll =
        new Repeated<>(1, List.of(keys.subList(0, KEYS_OF_REMOVE_ALL)), this::removeAll);
    this.removesOfMany =
        Stream.of(16, 64).map(callers -> new Repeated<>(callers, keys, this::remove)).toList();
  }

  /** Options: warm-up, seconds, rounds. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    Options options = new Options(args);
    try (Ring ring = start();
        Ring unchanged = start()) {
      Removals removals = new Removals(ring, unchanged);
      Duration length = options.seconds("seconds", 1);
      removals.measure(options.seconds("warm-up", 10), length, options.number("rounds", 5));
      removals.print();
      removals.printPaced(64, 1, length.multipliedBy(5));
      removals.printPaced(1, 100, length.multipliedBy(5));
    }
    System.exit(0);
  }

  private static Ring start() {
    return Ring.start(
        3,
        (context, key, dest) -> dest.setString(key),
        "groupcache.security.shared-secret=benchmark");
  }

  private static Repeated<String> remoteGets(Ring ring) {
    return new Repeated<>(1, ring.keysOf(1, "got:", KEYS), ring.group(0)::get);
  }

  private void measure(Duration warmUp, Duration length, int rounds)
      throws InterruptedException, ExecutionException {
    List<Repeated<?>> all =
        Stream.<Repeated<?>>concat(
                removesOfMany.stream(), Stream.of(removeAll, remove, get, getBesideChanges))
            .toList();
    for (Repeated<?> each : all) {
      each.warmUp(warmUp.dividedBy(all.size()));
    }
    for (int round = 0; round < rounds; round++) {
      for (Repeated<?> each : all) {
        each.round(length);
      }
    }
  }

  private void print() {
    printBesideGets("a key removed from 3 peers", remove, Target.atMost(3, REMOTE_GET));
    printBesideGets(
        "1,000 keys removed from 3 peers by one `removeAll`",
        removeAll,
        Target.atMost(5, REMOTE_GET));
    printBesideGets("remote get where 100,000 keys were removed lately", getBesideChanges);
    Stream.concat(Stream.of(remove), removesOfMany.stream())
        .forEach(each -> {
          String what = "removals from 3 peers, " + callers(each.callers()) + ": ";
          print(what + "throughput", "/s", each.perSecond());
          print(what + "p99", "ms", each.millis(99));
          print(what + "CPU time", "µs", each.cpuMicros());
        });
  }

  private void printBesideGets(String what, Repeated<?> call, Target... targets) {
    print(what + ": p50", "ms", call.millis(50), Map.of(REMOTE_GET, get.millis(50)), targets);
    print(what + ": p99", "ms", call.millis(99), Map.of(REMOTE_GET, get.millis(99)));
  }

  private void printPaced(int callers, int keysOfCall, Duration length)
      throws InterruptedException, ExecutionException {
    PacedRemovals paced = PacedRemovals.measure(callers, keysOfCall, length, keys, this::removeAll);
    String what =
        "10,000 keys a second removed from 3 peers, %d in a call, %s: "
            .formatted(keysOfCall, callers(callers));
    print(what + "reached", "/s", paced.perSecond());
    print(what + "CPU", "cores", paced.cores());
  }

  private static String callers(int count) {
    return count + (count == 1 ? " caller" : " callers");
  }

  private void remove(String key) {
    check(group.remove(key));
  }

  private void removeAll(List<String> some) {
    check(group.removeAll(some));
  }

  private static void check(Invalidation removal) {
    if (!removal.isComplete()) {
      throw new IllegalStateException("Not all peers know of a removal: " + removal);
    }
  }

  private static void print(String what, String unit, double figure) {
    print(what, unit, figure, Map.of());
  }

  private static void print(
      String what, String unit, double figure, Map<String, Double> beside, Target... targets) {
    System.out.println(new Row(what, unit, figure, beside, List.of(targets)).markdown());
  }
}
