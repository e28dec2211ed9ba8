package io.groupcache.spring.typed.codec;

import io.groupcache.ByteView;
import io.groupcache.spring.typed.Codec;
import java.util.Objects;

/**
 * How the keys and values of a group are written and read. Safe for use from many threads.
 *
 * @param keys the keys
 * @param values the values
 * @param valueType the type of the values, as people write it
 */
public record Conversion<K, V>(KeyFormat<K> keys, Codec<V> values, String valueType) {

  /** The text of a key that must not be null. */
  public String text(K key) {
    return keys.write(Objects.requireNonNull(key, "A key must not be null"));
  }

  /** The bytes of a value that must not be null. */
  public EncodedValue encode(V value) {
    return EncodedValue.of(values, Objects.requireNonNull(value, "A value must not be null"));
  }

  /**
   * The value of some bytes.
   *
   * @throws RuntimeException when they can't be one
   */
  public V decode(ByteView bytes) {
    return Objects.requireNonNull(values.decode(bytes), "The bytes are those of null");
  }
}
