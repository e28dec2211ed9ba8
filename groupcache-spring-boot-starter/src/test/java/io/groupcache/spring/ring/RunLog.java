package io.groupcache.spring.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A file to which a peer adds a line for each run of a getter, before the run: what it did is known
 * when it was killed, too.
 */
public final class RunLog {

  private RunLog() {}

  /** Adds a run. */
  static void add(Path log, String group, String key) throws IOException {
    String line = Hex.encode(group) + " " + Hex.encode(key) + "\n";
    // One write of the file's end, so that lines of several threads don't mix.
    Files.write(log, line.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** How often the getter ran for each key of a group. */
  public static Map<String, Integer> read(Path log, String group) {
    Map<String, Integer> runs = new HashMap<>();
    if (Files.exists(log)) {
      String prefix = Hex.encode(group) + " ";
      try {
        for (String line : Files.readAllLines(log)) {
          if (line.startsWith(prefix)) {
            runs.merge(Hex.decode(line.substring(prefix.length())), 1, Integer::sum);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return runs;
  }
}
