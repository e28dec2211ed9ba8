package io.groupcache.internal;

/** What the UTF-8 bytes of a text are like, without making them. */
public final class Utf8 {

  /** How many bytes stand for a {@code char} at most. */
  public static final int MOST_BYTES_OF_A_CHAR = 3;

  private Utf8() {}

  /** The number of UTF-8 bytes of a well-formed text. */
  public static int length(String text) {
    int length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x800) {
        // Each half of a surrogate pair stands for two of the pair's four bytes.
        length += Character.isSurrogate(c) ? 1 : 2;
      } else if (c >= 0x80) {
        length++;
      }
    }
    return length;
  }

  /** Whether every surrogate in {@code text} has its partner: others have no UTF-8 form. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
