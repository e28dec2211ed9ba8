package io.groupcache.benchmarks.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.groupcache.Eviction;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.GroupOptions;
import io.groupcache.PeerPicker;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The keys, the values and the caches, which are the same for us and for our rivals. */
final class Workload {

  static final int VALUE_BYTES = 200;

  /** Longer than anything that is measured. */
  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  private Workload() {}

  /** Keys as a web application has them. */
  static String key(int number) {
    return "user:" + (100_000_000 + number);
  }

  static String[] keys(int count) {
    String[] keys = new String[count];
    for (int i = 0; i < count; i++) {
      keys[i] = key(i);
    }
    return keys;
  }

  /** The same keys in an order in which no memory lies next to the last. */
  static String[] shuffledKeys(int count) {
    String[] keys = keys(count);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      String swapped = keys[i];
      keys[i] = keys[j];
      keys[j] = swapped;
    }
    return keys;
  }

  /** What so many of the keys weigh with their values. */
  static long bytesOf(int count) {
    return (long) count * (key(0).length() + VALUE_BYTES);
  }

  /** All that a loader does, theirs as ours. */
  static byte[] load(String key) {
    byte[] value = new byte[VALUE_BYTES];
    value[0] = (byte) key.charAt(key.length() - 1);
    return value;
  }

  /** A group of a ring of one, without a time-out, so that it loads in the caller's thread. */
  static Group group(long bytes, Eviction eviction) {
    return group(GroupOptions.ofCacheBytes(bytes).withEviction(eviction));
  }

  /** Such a group whose values have a time to live. */
  static Group timedGroup(long bytes, Eviction eviction) {
    return group(
        GroupOptions.ofCacheBytes(bytes).withEviction(eviction).withTimeToLive(TIME_TO_LIVE));
  }

  private static Group group(GroupOptions options) {
    return new GroupCache(PeerPicker.none())
        .newGroup("benchmark", options, (context, key, dest) -> dest.setBytes(load(key)));
  }

  /** A group that holds the keys; each of them has been read. */
  static Group filledGroup(int keys, long bytes, Eviction eviction) {
    Group group = group(bytes, eviction);
    getTwice(keys, group::get);
    return group;
  }

  static Cache<String, byte[]> caffeine(long bytes) {
    return weighed(bytes).build();
  }

  static Cache<String, byte[]> timedCaffeine(long bytes) {
    return timed(weighed(bytes)).build();
  }

  static Cache<String, byte[]> caffeineRecordingStats(long bytes) {
    return weighed(bytes).recordStats().build();
  }

  /** The cache, which holds the keys from now on; each of them has been read. */
  static Cache<String, byte[]> filled(Cache<String, byte[]> cache, int keys) {
    getTwice(keys, key -> cache.get(key, Workload::load));
    return cache;
  }

  static LoadingCache<String, byte[]> caffeine(long bytes, CacheLoader<String, byte[]> loader) {
    return weighed(bytes).build(loader);
  }

  private static void getTwice(int keys, Function<String, Object> get) {
    for (int i = 0; i < 2 * keys; i++) {
      Objects.requireNonNull(get.apply(key(i % keys)));
    }
  }

  static Caffeine<String, byte[]> timed(Caffeine<String, byte[]> caffeine) {
    return caffeine.expireAfterWrite(TIME_TO_LIVE);
  }

  static Caffeine<String, byte[]> weighed(long bytes) {
    return Caffeine.newBuilder()
        .maximumWeight(bytes)
        .weigher((String key, byte[] value) -> key.length() + value.length);
  }
}
