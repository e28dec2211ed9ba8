package io.groupcache.consistenthash;

import java.util.zip.CRC32;

/**
 * Places peers and keys on the ring. Every peer of a ring must use the same one, Go peers included.
 * Must be safe for use from many threads.
 */
@FunctionalInterface
public interface HashFunction {

  /** The hash of {@code bytes}, which are UTF-8 text; all 32 bits count, unsigned. */
  int hash(byte[] bytes);

  /** CRC-32 with the IEEE polynomial, the default of golang/groupcache. */
  static HashFunction crc32() {
    return bytes -> {
      CRC32 crc = new CRC32();
      crc.update(bytes, 0, bytes.length);
      return (int) crc.getValue();
    };
  }
}
