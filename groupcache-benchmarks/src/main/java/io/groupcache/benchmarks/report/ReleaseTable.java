package io.groupcache.benchmarks.report;

import io.groupcache.benchmarks.report.JmhResults.Measured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints the rows of the table for hits of this tree beside those of an earlier revision. */
final class ReleaseTable {

  private static final String HIT = "PlainHitBenchmark.groupcache";

  private ReleaseTable() {}

  /** Arguments: a folder with {@code now-*.json} and {@code then-*.json}, and the revision. */
  public static void main(String[] args) {
    JmhResults now = results(Path.of(args[0]), "now-*.json");
    JmhResults then = results(Path.of(args[0]), "then-*.json");
    for (int threads : List.of(1, 2)) {
      for (String eviction : List.of("LRU", "S3_FIFO")) {
        Optional<Measured> ours = now.find(HIT, threads, eviction);
        Optional<Measured> theirs = then.find(HIT, threads, eviction);
        if (ours.isPresent() && theirs.isPresent()) {
          String what =
              "hit, %d thread%s, %s"
                  .formatted(threads, threads == 1 ? "" : "s", eviction.replace('_', '-'));
          print(what, args[1], ours.get(), theirs.get());
        }
      }
    }
  }

  private static void print(String what, String revision, Measured ours, Measured theirs) {
    Map<String, Double> beside = Map.of(revision, theirs.millionsASecond());
    row(what, "M/s", ours.millionsASecond(), beside, Target.atLeast(0.98, revision));
    // JMH's own few bytes in a round of millions are not ours: less than half a byte is none.
    row(what + ": allocation", "B", ours.bytesAnOperation(), Map.of(), Target.atMost(0.49));
  }

  private static void row(
      String what, String unit, double ours, Map<String, Double> beside, Target target) {
    System.out.println(new Row(what, unit, ours, beside, List.of(target)).markdown());
  }

  private static JmhResults results(Path folder, String glob) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new JmhResults(files);
  }
}
