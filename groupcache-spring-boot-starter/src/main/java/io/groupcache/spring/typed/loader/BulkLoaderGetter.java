package io.groupcache.spring.typed.loader;

import io.groupcache.BulkGetter;
import io.groupcache.GetContext;
import io.groupcache.Sink;
import io.groupcache.spring.typed.BulkLoader;
import io.groupcache.spring.typed.codec.Conversion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Loads with a bulk loader what peers know as text and bytes. */
final class BulkLoaderGetter<K, V> implements BulkGetter {

  private final BulkLoader<K, V> loader;
  private final Conversion<K, V> conversion;

  BulkLoaderGetter(BulkLoader<K, V> loader, Conversion<K, V> conversion) {
    this.loader = loader;
    this.conversion = conversion;
  }

  @Override
  public void getAll(GetContext context, Map<String, Sink> dests) throws Exception {
    Map<K, Sink> byKey = byKey(dests);
    Map<K, V> values =
        Objects.requireNonNull(
            loader.load(Collections.unmodifiableSet(byKey.keySet())),
            "The bulk loader returned null, which is no map; an empty one says that no key exists");
    byKey.forEach((key, dest) -> {
      @Nullable V value = values.get(key);
      if (value != null) {
        conversion.encode(value).writeTo(dest);
      }
    });
  }

  private Map<K, Sink> byKey(Map<String, Sink> dests) {
    Map<K, Sink> byKey = new LinkedHashMap<>();
    @Nullable IllegalArgumentException noKey = null;
    for (Map.Entry<String, Sink> dest : dests.entrySet()) {
      try {
        byKey.put(conversion.keys().read(dest.getKey()), dest.getValue());
      } catch (IllegalArgumentException e) {
        noKey = e;
      }
    }
    // Where others are asked for, text that is no key does not exist: it must not fail them.
    if (byKey.isEmpty() && noKey != null) {
      throw noKey;
    }
    return byKey;
  }
}
