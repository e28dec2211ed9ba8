package io.groupcache.benchmarks.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.groupcache.CacheType;
import io.groupcache.Eviction;
import io.groupcache.Group;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.openjdk.jol.info.GraphLayout;

/**
 * Prints, as a Markdown table, how many bytes of heap a full cache takes for an entry beside the
 * key and the array of its value.
 */
public final class HeapPerEntry {

  private static final int ENTRIES = 100_000;
  private static final long CAPACITY = Workload.bytesOf(ENTRIES);

  private HeapPerEntry() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    System.setProperty("jol.magicFieldOffset", "true"); // looks into records and lambdas too
    PrintStream table = System.out;
    System.setOut(System.err); // for what JOL has to say
    table.println("| full cache | bytes of heap per entry |");
    table.println("|---|---:|");
    for (Eviction eviction : Eviction.values()) {
      print(table, "groupcache, " + eviction, Workload.group(CAPACITY, eviction));
      print(table, "groupcache, " + eviction + ", timed", Workload.timedGroup(CAPACITY, eviction));
    }
    print(table, "Caffeine with a weigher", weighed().build());
    print(table, "Caffeine with a weigher, timed", Workload.timed(weighed()).build());
  }

  private static void print(PrintStream table, String name, Group group) {
    long empty = heapOf(group);
    fill(group::get);
    table.println(row(name, heapOf(group) - empty, itemsIn(group)));
  }

  /** In the caller's thread alone: by the common pool's threads one comes to all that there is. */
  private static Caffeine<String, byte[]> weighed() {
    return Workload.weighed(CAPACITY).executor(Runnable::run);
  }

  private static void print(PrintStream table, String name, Cache<String, byte[]> caffeine) {
    long empty = heapOf(caffeine);
    fill(key -> caffeine.get(key, Workload::load));
    caffeine.cleanUp();
    table.println(row(name, heapOf(caffeine) - empty, caffeine.estimatedSize()));
  }

  /** Gets twice as many keys as there is room for, and every other one once more. */
  private static void fill(Function<String, Object> get) {
    String[] keys = Workload.shuffledKeys(2 * ENTRIES);
    for (int i = 0; i < keys.length; i++) {
      Objects.requireNonNull(get.apply(keys[i]));
      Objects.requireNonNull(get.apply(keys[i / 2]));
    }
  }

  private static long itemsIn(Group group) {
    return group.cacheStats(CacheType.MAIN).items();
  }

  private static long heapOf(Object root) {
    return GraphLayout.parseInstance(root).totalSize();
  }

  private static String row(String name, long heap, long entries) {
    String key = Workload.key(0);
    long keyAndValue = heapOf(key) + heapOf(Workload.load(key));
    double beside = (double) heap / entries - keyAndValue;
    return String.format(Locale.ROOT, "| %s | %.1f |", name, beside);
  }
}
