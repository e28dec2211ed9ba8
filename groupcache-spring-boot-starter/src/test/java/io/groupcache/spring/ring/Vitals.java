package io.groupcache.spring.ring;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process holds that it could leak.
 *
 * @param threads live threads
 * @param sockets open sockets; where the system doesn't tell, 0
 */
public record Vitals(int threads, int sockets) {

  private static final Path FILES = Path.of("/proc/self/fd");

  /** Those of this very process. */
  static Vitals ofThisProcess() throws IOException {
    return new Vitals(ManagementFactory.getThreadMXBean().getThreadCount(), openSockets());
  }

  /** What {@link #toString} gave. */
  public static Vitals parse(String text) {
    List<Integer> numbers = Stream.of(text.split(" ")).map(Integer::valueOf).toList();
    return new Vitals(numbers.get(0), numbers.get(1));
  }

  /** The sum of both. */
  public Vitals plus(Vitals other) {
    return new Vitals(threads + other.threads, sockets + other.sockets);
  }

  @Override
  public String toString() {
    return threads + " " + sockets;
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
