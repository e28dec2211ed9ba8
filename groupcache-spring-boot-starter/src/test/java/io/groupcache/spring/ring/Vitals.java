package io.groupcache.spring.ring;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process holds that it could leak.
 *
 * @param pools live threads by pool: what is left of their names without the digits
 * @param sockets open sockets; where the system doesn't tell, 0
 */
public record Vitals(Map<String, Integer> pools, int sockets) {

  /** A process that holds nothing. */
  public static final Vitals NONE = new Vitals(Map.of(), 0);

  private static final Path FILES = Path.of("/proc/self/fd");

  /** Those of this very process. */
  static Vitals ofThisProcess() throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Integer> pools =
        Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(Objects::nonNull) // it has ended in the meantime
            .map(ThreadInfo::getThreadName)
            .collect(Collectors.toMap(Vitals::pool, name -> 1, Integer::sum));
    return new Vitals(pools, openSockets());
  }

  /** What {@link #toString} gave. */
  public static Vitals parse(String text) {
    String[] lines = text.split("\n");
    return new Vitals(
        Stream.of(lines)
            .skip(1)
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toMap(line -> line[1], line -> Integer.valueOf(line[0]))),
        Integer.parseInt(lines[0]));
  }

  /** How many threads there are in all pools. */
  public int threads() {
    return pools.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The sum of both. */
  public Vitals plus(Vitals other) {
    Map<String, Integer> sum = new TreeMap<>(pools);
    other.pools.forEach((pool, count) -> sum.merge(pool, count, Integer::sum));
    return new Vitals(sum, sockets + other.sockets);
  }

  /** By how many threads each pool is larger than it was then; without those that are not. */
  public Map<String, Integer> threadsMoreThan(Vitals then) {
    Map<String, Integer> more = new TreeMap<>();
    pools.forEach((pool, count) -> {
      int before = then.pools.getOrDefault(pool, 0);
      if (count > before) {
        more.put(pool, count - before);
      }
    });
    return more;
  }

  /** The sockets, and then a line for each pool. */
  @Override
  public String toString() {
    return pools.entrySet().stream()
        .map(pool -> "\n" + pool.getValue() + " " + pool.getKey())
        .collect(Collectors.joining("", Integer.toString(sockets), ""));
  }

  private static String pool(String threadName) {
    return threadName.replaceAll("\\d+", "#");
  }

  private static int openSockets() throws IOException {
    if (!Files.isDirectory(FILES)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(FILES)) {
      return (int) files.filter(Vitals::isSocket).count();
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed in the meantime
    }
  }
}
