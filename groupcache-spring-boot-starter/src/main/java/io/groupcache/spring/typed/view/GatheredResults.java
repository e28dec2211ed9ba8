package io.groupcache.spring.typed.view;

import io.groupcache.ByteView;
import io.groupcache.GetResult;
import io.groupcache.KeyNotFoundException;
import io.groupcache.ResultHandler;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gathers what the keys of a get have, as threads tell of them, and is complete once each key is
 * told of, or one can't be had. Safe for use from many threads.
 */
final class GatheredResults implements ResultHandler<GetResult> {

  private final Collection<String> keys;
  private final Map<String, Optional<ByteView>> told = new ConcurrentHashMap<>();
  private final AtomicInteger open;
  private final CompletableFuture<Map<String, ByteView>> all = new CompletableFuture<>();

  /** Makes one for keys of which each is there once. */
  GatheredResults(Collection<String> keys) {
    this.keys = keys;
    this.open = new AtomicInteger(keys.size());
  }

  /** The values of the keys that exist, in the order of the keys. */
  CompletableFuture<Map<String, ByteView>> all() {
    return all;
  }

  @Override
  public void onValue(String key, GetResult result) {
    tell(key, Optional.of(result.value()));
  }

  @Override
  public void onFailure(String key, RuntimeException failure) {
    if (failure instanceof KeyNotFoundException) {
      tell(key, Optional.empty());
    } else {
      all.completeExceptionally(failure);
    }
  }

  @Override
  public boolean isWaiting(String key) {
    return !all.isDone();
  }

  private void tell(String key, Optional<ByteView> value) {
    told.put(key, value);
    if (open.decrementAndGet() == 0) {
      Map<String, ByteView> values = new LinkedHashMap<>();
      keys.forEach(asked ->
          told.getOrDefault(asked, Optional.empty()).ifPresent(bytes -> values.put(asked, bytes)));
      all.complete(values);
    }
  }
}
