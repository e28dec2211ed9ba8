package io.groupcache.spring.typed.codec;

import java.util.function.Function;

/**
 * A format of two functions. What {@code reader} takes in other spellings too, as {@code 0x2a} for
 * 42, is refused: a key would else be cached, and removed, by one of its texts only.
 *
 * @param <K> the keys
 */
record SimpleKeyFormat<K>(String type, Function<K, String> writer, Function<String, K> reader)
    implements KeyFormat<K> {

  @Override
  public String write(K key) {
    return writer.apply(key);
  }

  @Override
  public K read(String text) {
    K key;
    try {
      key = reader.apply(text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("'" + text + "' is no key of type " + type, e);
    }
    if (!writer.apply(key).equals(text)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not how a key of type " + type + " is written");
    }
    return key;
  }
}
