package io.groupcache;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a get of many keys came to: a map of the values of those that have one, in the order in
 * which they were asked for, and, by key, why the others have none. Immutable.
 */
public final class GetAllResult extends AbstractMap<String, ByteView> {

  private final Map<String, GetResult> values;
  private final Map<String, RuntimeException> failures;

  /** Makes one of maps that nobody else will change. */
  GetAllResult(Map<String, GetResult> values, Map<String, RuntimeException> failures) {
    this.values = Collections.unmodifiableMap(values);
    this.failures = Collections.unmodifiableMap(failures);
  }

  /**
   * Why keys that were asked for have no value: for each what a get of it alone would have thrown,
   * a {@link KeyNotFoundException} for those that do not exist.
   */
  public Map<String, RuntimeException> failures() {
    return failures;
  }

  /**
   * The value of {@code key}, or null when there is no such key, or it was not asked for.
   *
   * @throws GroupCacheException when the key may have a value that could not be had
   * @throws InvalidKeyException when it was asked for and can't be a key
   */
  @Override
  public @Nullable ByteView get(@Nullable Object key) {
    GetResult result = result(key);
    return result == null ? null : result.value();
  }

  /**
   * The value of {@code key} with what is known of it, or null when there is no such key, or it was
   * not asked for. Throws as {@link #get} does.
   */
  public @Nullable GetResult result(@Nullable Object key) {
    GetResult result = values.get(key);
    RuntimeException failure = result == null ? failures.get(key) : null;
    if (failure != null && !(failure instanceof KeyNotFoundException)) {
      throw failure;
    }
    return result;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return values.containsKey(key);
  }

  @Override
  public Set<Entry<String, ByteView>> entrySet() {
    return new Entries();
  }

  /** Whether {@code other} is a map of the same values; the failures don't matter. */
  @Override
  public boolean equals(@Nullable Object other) {
    // A map asks the other one for its values, and there a failure would be thrown.
    return other instanceof GetAllResult result
        ? entrySet().equals(result.entrySet())
        : other instanceof Map<?, ?> map && entrySet().equals(map.entrySet());
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  private final class Entries extends AbstractSet<Entry<String, ByteView>> {

    @Override
    public Iterator<Entry<String, ByteView>> iterator() {
      Iterator<Entry<String, GetResult>> results = values.entrySet().iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return results.hasNext();
        }

        @Override
        public Entry<String, ByteView> next() {
          Entry<String, GetResult> next = results.next();
          return Map.entry(next.getKey(), next.getValue().value());
        }
      };
    }

    @Override
    public int size() {
      return values.size();
    }

    @Override
    public boolean contains(@Nullable Object entry) {
      return entry instanceof Entry<?, ?> pair
          && values.containsKey(pair.getKey())
          && Objects.requireNonNull(values.get(pair.getKey())).value().equals(pair.getValue());
    }
  }
}
