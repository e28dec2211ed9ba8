package io.groupcache.spring.typed.view;

import io.groupcache.ByteView;
import io.groupcache.GetAllResult;
import io.groupcache.Group;
import io.groupcache.Invalidation;
import io.groupcache.KeyNotFoundException;
import io.groupcache.spring.typed.TypedGroup;
import io.groupcache.spring.typed.codec.Conversion;
import io.groupcache.spring.typed.codec.EncodedValue;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A typed group over a plain one. */
final class CodecTypedGroup<K, V> implements TypedGroup<K, V> {

  private final Group group;
  private final Conversion<K, V> conversion;
  private final Reading<K, V> reading;
  private final AsyncGets async;

  CodecTypedGroup(
      Group group, Conversion<K, V> conversion, Reading<K, V> reading, AsyncGets async) {
    this.group = group;
    this.conversion = conversion;
    this.reading = reading;
    this.async = async;
  }

  @Override
  public String name() {
    return group.name();
  }

  @Override
  public Group group() {
    return group;
  }

  @Override
  public V get(K key) {
    return reading.read(key, group.get(conversion.text(key)));
  }

  @Override
  public Optional<V> find(K key) {
    try {
      return Optional.of(get(key));
    } catch (KeyNotFoundException none) {
      return Optional.empty();
    }
  }

  @Override
  public Map<K, V> getAll(Collection<? extends K> keys) {
    Map<String, K> byText = byText(keys);
    GetAllResult result = group.getAll(byText.keySet());
    result.failures().values().stream()
        .filter(failure -> !(failure instanceof KeyNotFoundException))
        .findFirst()
        .ifPresent(failure -> {
          throw failure;
        });
    return reading.readAll(byKey(result, byText));
  }

  @Override
  public CompletableFuture<V> getAsync(K key) {
    String text = conversion.text(key);
    return async.get(
        List.of(text),
        held ->
            reading
                .readAtOnce(Map.of(key, only(held, text)))
                .flatMap(read -> Optional.ofNullable(read.get(key))),
        loaded -> reading.read(key, only(loaded, text)));
  }

  @Override
  public CompletableFuture<Map<K, V>> getAllAsync(Collection<? extends K> keys) {
    Map<String, K> byText = byText(keys);
    return async.get(
        byText.keySet(),
        held -> reading.readAtOnce(byKey(held, byText)),
        loaded -> reading.readAll(byKey(loaded, byText)));
  }

  @Override
  public Invalidation remove(K key) {
    return group.remove(conversion.text(key));
  }

  @Override
  public Invalidation removeAll(Collection<? extends K> keys) {
    return group.removeAll(byText(keys).keySet());
  }

  @Override
  public Invalidation clear() {
    return group.clear();
  }

  @Override
  public Invalidation set(K key, V value) {
    EncodedValue encoded = conversion.encode(value);
    Duration timeToLive = encoded.timeToLive();
    return timeToLive == null
        ? group.set(conversion.text(key), encoded.bytes())
        : group.set(conversion.text(key), encoded.bytes(), timeToLive);
  }

  @Override
  public Invalidation set(K key, V value, Duration timeToLive) {
    return group.set(conversion.text(key), conversion.encode(value).bytes(), timeToLive);
  }

  @Override
  public void removeAfterCommit(K key) {
    AfterCommit.remove(group, conversion.text(key));
  }

  @Override
  public String toString() {
    return "TypedGroup[" + group.name() + "]";
  }

  private Map<String, K> byText(Collection<? extends K> keys) {
    Map<String, K> byText = new LinkedHashMap<>();
    for (K key : keys) {
      byText.putIfAbsent(conversion.text(key), key);
    }
    return byText;
  }

  private Map<K, ByteView> byKey(Map<String, ByteView> found, Map<String, K> byText) {
    Map<K, ByteView> byKey = new LinkedHashMap<>();
    found.forEach((text, bytes) -> byKey.put(Objects.requireNonNull(byText.get(text)), bytes));
    return byKey;
  }

  private static ByteView only(Map<String, ByteView> found, String text) {
    ByteView bytes = found.get(text);
    if (bytes == null) {
      throw new KeyNotFoundException(text);
    }
    return bytes;
  }
}
