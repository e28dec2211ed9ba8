package io.groupcache.spring.typed.codec;

/**
 * Keys as the text that peers know them by: one text for equal keys, and another for each other
 * key. Safe for use from many threads.
 *
 * @param <K> the keys
 */
public interface KeyFormat<K> {

  /**
   * The text of a key.
   *
   * @throws io.groupcache.InvalidKeyException when it has none
   */
  String write(K key);

  /**
   * The key of a text.
   *
   * @throws IllegalArgumentException when no key has that text
   */
  K read(String text);
}
