package io.groupcache.benchmarks;

import io.groupcache.benchmarks.hitratio.Belady;
import io.groupcache.benchmarks.hitratio.Policy;
import io.groupcache.benchmarks.hitratio.Trace;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Prints how often each cache has what it is asked for, on public traces, as a Markdown table. */
public final class HitRatios {

  private HitRatios() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws IOException {
    System.out.println("| trace | room for | LRU | S3-FIFO | Caffeine | optimum |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
    Trace web12 = Trace.read("web12");
    byEntries(web12, 500);
    byEntries(web12, 2_000);
    byEntries(Trace.read("2_pools"), 150);
    byEntries(Trace.read("orm-busy"), 5_000);
    Trace request = Trace.read("request");
    byBytes(request, 1);
    byBytes(request, 10);
  }

  private static void byEntries(Trace trace, int capacity) {
    double optimum = percent(Belady.hits(trace.accesses(), capacity), trace);
    print(trace, String.format(Locale.ROOT, "%,d entries", capacity), capacity, percent(optimum));
  }

  private static void byBytes(Trace trace, int percentOfAll) {
    long capacity = trace.footprint() * percentOfAll / 100;
    String room =
        String.format(Locale.ROOT, "%,d MB (%d %% of all)", capacity / 1_000_000, percentOfAll);
    print(trace, room, capacity, "");
  }

  private static void print(Trace trace, String room, long capacity, String optimum) {
    List<Policy> policies =
        List.of(Policy.lru(capacity), Policy.s3Fifo(capacity), Policy.caffeine(capacity));
    StringBuilder row = new StringBuilder("| " + trace.name() + " | " + room + " |");
    for (Policy policy : policies) {
      row.append(' ').append(percent(ratio(policy, trace))).append(" |");
    }
    System.out.println(row + " " + optimum + " |");
  }

  private static double ratio(Policy policy, Trace trace) {
    return percent(trace.accesses().stream().filter(policy::access).count(), trace);
  }

  private static double percent(long hits, Trace trace) {
    return 100.0 * hits / trace.accesses().size();
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
