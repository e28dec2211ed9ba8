package io.groupcache.spring.typed.view;

import io.groupcache.ByteView;
import io.groupcache.GroupCacheException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.spring.typed.codec.Conversion;
import io.groupcache.spring.typed.loader.FreshLoads;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a group, and has those loaded that can't be read. Safe for use from many
 * threads.
 */
final class Reading<K, V> {

  private final String group;
  private final Conversion<K, V> conversion;
  private final @Nullable FreshLoads<K, V> freshLoads;
  private final DecodeErrors errors;

  /**
   * Makes one for a group.
   *
   * @param freshLoads null where the group has no loader of these types
   */
  Reading(
      String group,
      Conversion<K, V> conversion,
      @Nullable FreshLoads<K, V> freshLoads,
      DecodeErrors errors) {
    this.group = group;
    this.conversion = conversion;
    this.freshLoads = freshLoads;
    this.errors = errors;
  }

  /**
   * The value of a key.
   *
   * @throws KeyNotFoundException when it has to be loaded, and there is none any more
   */
  V read(K key, ByteView bytes) {
    try {
      return conversion.decode(bytes);
    } catch (RuntimeException e) {
      V loaded = load(Map.of(key, e)).get(key);
      if (loaded == null) {
        throw new KeyNotFoundException(conversion.text(key));
      }
      return loaded;
    }
  }

  /** The values of keys, in their order; without those that have to be loaded, and don't exist. */
  Map<K, V> readAll(Map<K, ByteView> found) {
    Map<K, RuntimeException> failures = new LinkedHashMap<>();
    Map<K, V> values = decode(found, failures);
    if (failures.isEmpty()) {
      return values;
    }
    values.putAll(load(failures));
    Map<K, V> ordered = new LinkedHashMap<>();
    for (K key : found.keySet()) {
      V value = values.get(key);
      if (value != null) {
        ordered.put(key, value);
      }
    }
    return ordered;
  }

  /** The values of keys, in their order; empty where one of them would have to be loaded. */
  Optional<Map<K, V>> readAtOnce(Map<K, ByteView> found) {
    Map<K, RuntimeException> failures = new LinkedHashMap<>();
    Map<K, V> values = decode(found, failures);
    return failures.isEmpty() ? Optional.of(values) : Optional.empty();
  }

  private Map<K, V> decode(Map<K, ByteView> found, Map<K, RuntimeException> failures) {
    Map<K, V> values = new LinkedHashMap<>();
    found.forEach((key, bytes) -> {
      try {
        values.put(key, conversion.decode(bytes));
      } catch (RuntimeException e) {
        failures.put(key, e);
      }
    });
    return values;
  }

  private Map<K, V> load(Map<K, RuntimeException> failures) {
    String instead =
        freshLoads == null
            ? "There is no loader of such values, so the get fails."
            : "It is loaded here, and not kept: each get of it costs a load.";
    failures.values().forEach(e -> errors.add(group, conversion.valueType(), e, instead));
    if (freshLoads == null) {
      Map.Entry<K, RuntimeException> first = failures.entrySet().iterator().next();
      throw new GroupCacheException(
          "The value of key '"
              + conversion.text(first.getKey())
              + "' of group '"
              + group
              + "' can't be read as "
              + conversion.valueType()
              + ": "
              + first.getValue(),
          first.getValue());
    }
    return freshLoads.load(failures.keySet());
  }
}
