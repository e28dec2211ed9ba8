package io.groupcache.spring.typed;

import io.groupcache.ByteView;
import io.groupcache.Sink;

/**
 * Writes objects as bytes, and reads them. A bean of this type is used for the values of its {@code
 * T} in place of what is usual, and for keys of types that have no text of their own. It must be
 * safe for use from many threads, and the same on all peers.
 *
 * @param <T> what it writes and reads
 */
public interface Codec<T> {

  /**
   * Writes an object. For a key what it writes is UTF-8 text: the same for equal keys, and another
   * for others.
   *
   * @param dest takes the bytes, and, for a value, may be told how long that may be used
   */
  void encode(T value, Sink dest);

  /**
   * Reads an object, another one each time.
   *
   * @throws RuntimeException when these bytes can't be a {@code T}; a value is then loaded anew
   */
  T decode(ByteView bytes);
}
