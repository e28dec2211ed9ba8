package io.groupcache.benchmarks.hitratio;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Accesses in the order in which they came. */
public record Trace(String name, List<Access> accesses) {

  /**
   * One of them.
   *
   * @param key what was asked for
   * @param bytes how large it is; 1 where the trace does not say
   */
  public record Access(Long key, int bytes) {}

  /** Reads a trace of the class path: a line for each access, its key and maybe its bytes. */
  public static Trace read(String name) throws IOException {
    List<Access> accesses = new ArrayList<>();
    try (InputStream in = Trace.class.getResourceAsStream("/traces/" + name + ".gz")) {
      if (in == null) {
        throw new FileNotFoundException("There is no trace " + name);
      }
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(in), StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(" ", 2);
        int bytes = fields.length == 1 ? 1 : Integer.parseInt(fields[1]);
        accesses.add(new Access(Long.valueOf(fields[0]), bytes));
      }
    }
    return new Trace(name, List.copyOf(accesses));
  }

  /** The bytes of all keys, each once: a cache of so many misses each once. */
  public long footprint() {
    Map<Long, Integer> bytes = new HashMap<>();
    accesses.forEach(access -> bytes.put(access.key(), access.bytes()));
    return bytes.values().stream().mapToLong(Integer::longValue).sum();
  }
}
