package io.groupcache.benchmarks.report;

import io.groupcache.benchmarks.report.JmhResults.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Prints the rows of the table for what happens inside one process. */
final class LocalTable {

  private static final String CAFFEINE = "Caffeine";
  private static final String RECORDING_CAFFEINE = "Caffeine with recordStats";
  private static final Map<String, String> OURS = new TreeMap<>();

  static {
    OURS.put("groupcache", "LRU");
    OURS.put("groupcacheS3Fifo", "S3-FIFO");
  }

  private final JmhResults results;

  private LocalTable(JmhResults results) {
    this.results = results;
  }

  /** Arguments: what HeapPerEntry has printed, and the files that JMH has written. */
  public static void main(String[] args) throws IOException {
    List<Path> files = Arrays.stream(args).map(Path::of).filter(Files::exists).toList();
    new LocalTable(new JmhResults(files.subList(1, files.size()))).print();
    HeapRows.print(Files.readAllLines(files.get(0)));
  }

  private void print() {
    for (int threads : List.of(1, 2)) {
      String what = threads == 1 ? "hit, 1 thread" : "hit, " + threads + " threads";
      print(what, "HitBenchmark", threads, Target.atLeast(1, CAFFEINE));
      printAllocation(what + ": allocation", "HitBenchmark", threads);
      printTimedHits(what + " of a value with a time to live", threads);
    }
    printEqualKeyHits("4096", Target.atLeast(1, RECORDING_CAFFEINE), Target.atLeast(0.9, CAFFEINE));
    printEqualKeyHits("65536");
    printEqualKeyHits("1048576");
    print("miss, 1 thread", "MissBenchmark", 1, Target.atLeast(0.8, CAFFEINE));
    print("miss, 2 threads", "MissBenchmark", 2);
    print("Zipf mix, 16 threads", "ZipfMixBenchmark", 16, Target.atLeast(1, CAFFEINE));
    printRing("10", 60);
    printRing("100", 100);
    printRing("1000", 150);
  }

  private void print(String what, String benchmark, int threads, Target... targets) {
    Map<String, Double> beside = new LinkedHashMap<>();
    ToDoubleFunction<Measured> figure = Measured::millionsASecond;
    add(beside, CAFFEINE, benchmark + ".caffeine", threads, "", figure);
    add(beside, "ConcurrentHashMap", benchmark + ".concurrentHashMap", threads, "", figure);
    OURS.forEach((method, name) ->
        results
            .find(benchmark + "." + method, threads, "")
            .ifPresent(ours -> row(what + ", " + name, "M/s", figure, ours, beside, targets)));
  }

  private void printTimedHits(String what, int threads) {
    Map<String, Double> beside = new LinkedHashMap<>();
    ToDoubleFunction<Measured> figure = Measured::millionsASecond;
    add(beside, CAFFEINE, "HitBenchmark.caffeineTimed", threads, "", figure);
    add(beside, "the clock alone", "HitBenchmark.clock", threads, "", figure);
    results
        .find("HitBenchmark.groupcacheTimed", threads, "")
        .ifPresent(ours -> {
          row(what, "M/s", figure, ours, beside, Target.atLeast(1, CAFFEINE));
          row(
              what + ": allocation",
              "B",
              Measured::bytesAnOperation,
              ours,
              Map.of(),
              Target.atMost(0.49));
        });
  }

  private void printEqualKeyHits(String keys, Target... targets) {
    Map<String, Double> beside = new LinkedHashMap<>();
    ToDoubleFunction<Measured> figure = Measured::millionsASecond;
    String benchmark = "EqualKeyHitBenchmark.";
    add(beside, RECORDING_CAFFEINE, benchmark + "caffeineRecordingStats", 1, keys, figure);
    add(beside, CAFFEINE, benchmark + "caffeine", 1, keys, figure);
    OURS.forEach((method, name) ->
        results
            .find(benchmark + method, 1, keys)
            .ifPresent(ours -> {
              String what = "hit by an equal key, " + keys + " keys, " + name;
              row(what, "M/s", figure, ours, beside, targets);
            }));
  }

  private void printAllocation(String what, String benchmark, int threads) {
    // JMH's own few bytes in a round of millions are not ours: less than half a byte is none.
    Target none = Target.atMost(0.49);
    OURS.forEach((method, name) ->
        results
            .find(benchmark + "." + method, threads, "")
            .ifPresent(ours ->
                row(what + ", " + name, "B", Measured::bytesAnOperation, ours, Map.of(), none)));
  }

  private void printRing(String peers, double nanosAtMost) {
    Map<String, Double> beside = new LinkedHashMap<>();
    ToDoubleFunction<Measured> nanos = Measured::nanosAnOperation;
    add(beside, "binary search", "RingLookupBenchmark.binarySearch", 1, peers, nanos);
    results
        .find("RingLookupBenchmark.groupcache", 1, peers)
        .ifPresent(ours -> {
          String what = "ring lookup, " + peers + " peers";
          row(what, "ns", nanos, ours, beside, Target.atMost(nanosAtMost));
          row(
              what + ": allocation",
              "B",
              Measured::bytesAnOperation,
              ours,
              Map.of(),
              Target.atMost(0.49));
        });
  }

  private void add(
      Map<String, Double> beside,
      String rival,
      String benchmark,
      int threads,
      String parameter,
      ToDoubleFunction<Measured> figure) {
    results
        .find(benchmark, threads, parameter)
        .ifPresent(measured -> beside.put(rival, figure.applyAsDouble(measured)));
  }

  private static void row(
      String what,
      String unit,
      ToDoubleFunction<Measured> figure,
      Measured ours,
      Map<String, Double> beside,
      Target... targets) {
    System.out.println(
        new Row(what, unit, figure.applyAsDouble(ours), beside, List.of(targets)).markdown());
  }
}
