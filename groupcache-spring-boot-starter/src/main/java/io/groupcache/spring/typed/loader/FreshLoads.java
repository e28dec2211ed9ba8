package io.groupcache.spring.typed.loader;

import io.groupcache.DeadlineExceededException;
import io.groupcache.GroupCacheException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.spring.typed.BulkLoader;
import io.groupcache.spring.typed.Loader;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads values that the group holds in a form that can't be read: with this application's loader,
 * past the caches and the other peers. A load is for one caller only: one that were joined by a
 * later caller could be older than a removal in between. Safe for use from many threads.
 */
public final class FreshLoads<K, V> {

  /** As many keys of one get of many as a group loads at a time. */
  private static final int MAX_THREADS = 64;

  /**
   * What this thread loads, and what waits for that: a loader that gets its own key would not end.
   */
  private static final ThreadLocal<Set<Object>> UNDER_WAY = ThreadLocal.withInitial(Set::of);

  private final String group;
  private final Supplier<?> loader;
  private final Executor executor;
  private final Duration timeout;

  /**
   * Makes the loads of a group.
   *
   * @param loader gives the loader bean
   * @param executor runs what it is given at once, so that callers can leave in time
   * @param timeout how long a load may take
   */
  public FreshLoads(String group, Supplier<?> loader, Executor executor, Duration timeout) {
    this.group = group;
    this.loader = loader;
    this.executor = executor;
    this.timeout = timeout;
  }

  /**
   * The values of keys; those that don't exist are left out.
   *
   * @param keys one or more, each once
   * @throws LoadException when the loader failed for any of them
   * @throws DeadlineExceededException when it takes too long
   * @throws GroupCacheException when the thread is interrupted, or the load would wait for itself
   */
  @SuppressWarnings("unchecked") // the bean is a loader of these types, as its definition says
  public Map<K, V> load(Collection<K> keys) {
    Map<K, V> values = new ConcurrentHashMap<>();
    Object bean = loader.get();
    if (bean instanceof BulkLoader<?, ?>) {
      BulkLoader<K, V> bulk = (BulkLoader<K, V>) bean;
      run(
          1,
          keys,
          () -> {
            Map<K, V> loaded = bulk.load(List.copyOf(keys));
            keys.forEach(key -> putIfThere(values, key, loaded.get(key)));
          });
    } else {
      Loader<K, V> single = (Loader<K, V>) bean;
      Queue<K> open = new ConcurrentLinkedQueue<>(keys);
      run(
          Math.min(keys.size(), MAX_THREADS),
          keys,
          () -> {
            for (K key = open.poll(); key != null; key = open.poll()) {
              putIfThere(values, key, load(single, key));
            }
          });
    }
    return values;
  }

  private void run(int threads, Collection<K> keys, Load load) {
    Set<Object> underWay = new HashSet<>(UNDER_WAY.get());
    for (K key : keys) {
      if (!underWay.add(List.of(group, key))) {
        throw new GroupCacheException(
            "Key '" + key + "' of group '" + group + "' can't load: its loader waits for it", null);
      }
    }
    await(
        CompletableFuture.allOf(
            Stream.generate(() -> CompletableFuture.runAsync(() -> run(load, underWay), executor))
                .limit(threads)
                .toArray(CompletableFuture<?>[]::new)));
  }

  private static void run(Load load, Set<Object> underWay) {
    Set<Object> before = UNDER_WAY.get();
    UNDER_WAY.set(underWay);
    try {
      load.run();
    } catch (Exception e) {
      throw new CompletionException(e);
    } finally {
      UNDER_WAY.set(before);
    }
  }

  private void await(CompletableFuture<Void> loads) {
    try {
      loads.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new LoadException(
          "The loader of group '" + group + "' failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new DeadlineExceededException(
          "The loader of group '" + group + "' was still loading after " + timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GroupCacheException("Interrupted while group '" + group + "' was loading", e);
    }
  }

  private static <K, V> @Nullable V load(Loader<K, V> loader, K key) throws Exception {
    try {
      return loader.load(key);
    } catch (KeyNotFoundException none) {
      return null;
    }
  }

  private static <K, V> void putIfThere(Map<K, V> values, K key, @Nullable V value) {
    if (value != null) {
      values.put(key, value);
    }
  }

  @FunctionalInterface
  private interface Load {
    void run() throws Exception;
  }
}
