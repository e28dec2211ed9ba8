package io.groupcache;

import io.groupcache.internal.cache.Found;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Gathers what a get of many keys comes to, in the order of the keys. For one thread. */
final class GetAll implements ResultHandler<GetResult> {

  private static final GetResult YET_TO_COME = new Found(ByteView.empty(), Source.LOAD);

  private final Map<String, GetResult> values;
  private final Map<String, RuntimeException> failures = new LinkedHashMap<>();

  GetAll(Collection<String> keys) {
    values = new LinkedHashMap<>(keys.size() * 4 / 3 + 1);
    keys.forEach(key -> values.put(key, YET_TO_COME));
  }

  /** The keys, each once. */
  Set<String> keys() {
    return values.keySet();
  }

  @Override
  public void onValue(String key, GetResult result) {
    values.put(key, result);
  }

  @Override
  public void onFailure(String key, RuntimeException failure) {
    failures.put(key, failure);
  }

  /** All of it, once each key has come. */
  GetAllResult result() {
    failures.keySet().forEach(values::remove); // not sooner: the keys may be walked through
    return new GetAllResult(values, failures);
  }
}
