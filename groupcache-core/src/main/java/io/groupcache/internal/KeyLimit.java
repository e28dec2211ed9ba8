package io.groupcache.internal;

import io.groupcache.InvalidKeyException;

/** What a key may be. */
public final class KeyLimit {

  private KeyLimit() {}

  /**
   * Checks a key.
   *
   * @throws InvalidKeyException when it has no UTF-8 form, or more than so many bytes of it
   */
  public static void check(String key, int maxBytes) {
    if (!Utf8.isWellFormed(key)) {
      throw new InvalidKeyException(
          "A key must be well-formed text: this one has half a surrogate pair, which has no UTF-8"
              + " form");
    }
    // A short key can't be too long, whatever it has.
    if (key.length() > maxBytes / Utf8.MOST_BYTES_OF_A_CHAR && Utf8.length(key) > maxBytes) {
      throw new InvalidKeyException(
          "A key may have "
              + maxBytes
              + " bytes of UTF-8 (groupcache.max-key-bytes): this one has "
              + Utf8.length(key));
    }
  }
}
