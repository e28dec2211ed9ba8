package io.groupcache.consistenthash;

import java.nio.charset.StandardCharsets;

/**
 * Places peers and keys on the ring. Every peer of a ring must use the same one, Go peers included.
 * Must be safe for use from many threads.
 */
@FunctionalInterface
public interface HashFunction {

  /** The hash of {@code bytes}, which are UTF-8 text; all 32 bits count, unsigned. */
  int hash(byte[] bytes);

  /** The hash of the UTF-8 bytes of {@code text}, which a function may know without making them. */
  default int hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  /** CRC-32 with the IEEE polynomial, the default of golang/groupcache. */
  static HashFunction crc32() {
    return new Crc32();
  }
}
