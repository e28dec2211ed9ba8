package io.groupcache.spring.diagnostics;

import io.groupcache.GroupOptions;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.unit.DataSize;

/** Says once, at the start, that the heap is too small for all groups' caches to be full. */
public final class CacheMemoryWarning implements SmartInitializingSingleton {

  private static final Log log = LogFactory.getLog(CacheMemoryWarning.class);

  private final Collection<String> groups;
  private final Function<Collection<String>, Map<String, GroupOptions>> options;
  private final DataSize heap;

  /**
   * Makes a warning, which is said only where it is due.
   *
   * @param groups the names of all groups
   * @param options finds the options of groups, by their names
   * @param heap how large the heap may become
   */
  public CacheMemoryWarning(
      Collection<String> groups,
      Function<Collection<String>, Map<String, GroupOptions>> options,
      DataSize heap) {
    this.groups = groups;
    this.options = options;
    this.heap = heap;
  }

  @Override
  public void afterSingletonsInstantiated() {
    DataSize sum = sum(options.apply(groups).values());
    if (sum.compareTo(heap) > 0) {
      log.warn(
          "The caches of "
              + groups.size()
              + " groups may hold "
              + sum.toMegabytes()
              + " MB of keys and values, but the heap has at most "
              + heap.toMegabytes()
              + " MB: full caches end in an OutOfMemoryError. Lower groupcache.cache-bytes or"
              + " groupcache.groups.<name>.cache-bytes, or raise -Xmx. Each entry takes about 100"
              + " bytes besides, which is most of the memory where values are small.");
    }
  }

  /** The sum, or the most that can be told. */
  private static DataSize sum(Collection<GroupOptions> all) {
    long sum = 0;
    for (GroupOptions options : all) {
      sum += Math.min(options.cacheBytes(), Long.MAX_VALUE - sum);
    }
    return DataSize.ofBytes(sum);
  }
}
