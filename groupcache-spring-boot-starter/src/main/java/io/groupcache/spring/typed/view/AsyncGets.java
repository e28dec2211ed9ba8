package io.groupcache.spring.typed.view;

import io.groupcache.ByteView;
import io.groupcache.DeadlineExceededException;
import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Group;
import io.groupcache.KeyNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gets that nobody waits for: the group tells what it has loaded, and only then a thread is needed
 * to read it. Safe for use from many threads.
 */
final class AsyncGets {

  /** How many keys of one get are loaded here at a time, as in {@link Group#getAll}. */
  private static final int MAX_LOADS = 64;

  private final Group group;
  private final Executor executor;
  private final Duration timeout;

  AsyncGets(Group group, Executor executor, Duration timeout) {
    this.group = group;
    this.executor = executor;
    this.timeout = timeout;
  }

  /**
   * What is made of the values of keys.
   *
   * @param keys each once
   * @param atOnce makes it of what the caches hold, in the caller's thread; empty where it would
   *     have to wait
   * @param read makes it, in a thread of its own
   */
  <T> CompletableFuture<T> get(
      Collection<String> keys,
      Function<Map<String, ByteView>, Optional<T>> atOnce,
      Function<Map<String, ByteView>, T> read) {
    GatheredResults gathered = new GatheredResults(keys);
    List<String> missing = lookUp(keys, gathered);
    try {
      if (missing.isEmpty()) {
        Optional<T> held = atOnce.apply(gathered.all().getNow(Map.of()));
        if (held.isPresent()) {
          return CompletableFuture.completedFuture(held.get());
        }
      } else {
        group.load(GetContext.background(), missing, MAX_LOADS, gathered);
      }
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    return gathered
        .all()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handleAsync((values, failure) -> read.apply(orThrow(values, failure)), executor);
  }

  private List<String> lookUp(Collection<String> keys, GatheredResults gathered) {
    List<String> missing = new ArrayList<>();
    for (String key : keys) {
      try {
        GetResult held = group.getIfPresent(GetContext.background(), key);
        if (held == null) {
          missing.add(key);
        } else {
          gathered.onValue(key, held);
        }
      } catch (KeyNotFoundException remembered) {
        gathered.onFailure(key, remembered);
      }
    }
    return missing;
  }

  private Map<String, ByteView> orThrow(Map<String, ByteView> values, @Nullable Throwable failure) {
    if (failure instanceof TimeoutException) {
      throw new DeadlineExceededException(
          "Group '" + group.name() + "' was still loading after " + timeout);
    }
    if (failure instanceof RuntimeException known) {
      throw known;
    }
    return values;
  }
}
