package io.groupcache.benchmarks.hitratio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The optimum of a cache that knows the future: it evicts what is not asked for the longest. By
 * entries; by bytes the optimum is NP-hard to find.
 */
public final class Belady {

  private Belady() {}

  /** The most hits that a cache of so many entries can have, if it has to hold what it loads. */
  public static long hits(List<Trace.Access> accesses, int capacity) {
    int[] nextAccess = nextAccesses(accesses);
    Map<Long, Integer> held = new HashMap<>(); // and when each is asked for next
    PriorityQueue<int[]> furthestFirst = new PriorityQueue<>((a, b) -> Integer.compare(b[0], a[0]));
    long hits = 0;
    for (int now = 0; now < nextAccess.length; now++) {
      Long key = accesses.get(now).key();
      int next = nextAccess[now];
      if (held.put(key, next) != null) {
        hits++;
      }
      furthestFirst.add(new int[] {next, now});
      while (held.size() > capacity) {
        int[] furthest = furthestFirst.remove();
        Long victim = accesses.get(furthest[1]).key();
        if (held.get(victim) != null && held.get(victim) == furthest[0]) { // else asked for since
          held.remove(victim);
        }
      }
    }
    return hits;
  }

  private static int[] nextAccesses(List<Trace.Access> accesses) {
    int[] next = new int[accesses.size()];
    Map<Long, Integer> seen = new HashMap<>();
    for (int i = next.length - 1; i >= 0; i--) {
      Integer later = seen.put(accesses.get(i).key(), i);
      next[i] = later == null ? Integer.MAX_VALUE : later;
    }
    return next;
  }
}
