package io.groupcache.benchmarks.remote;

import io.groupcache.ByteView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The keys that are got and the values that they have; go/main.go has the same. */
final class Values {

  private Values() {}

  static List<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> "key:" + i).toList();
  }

  /** A value begins with its key. */
  static byte[] value(String key, int size) {
    byte[] value = new byte[size];
    for (int i = 0; i < size; i++) {
      value[i] = i < key.length() ? (byte) key.charAt(i) : filler(i);
    }
    return value;
  }

  /** Checks the length, the key at the start, and the last byte. */
  static void check(String key, int size, @Nullable ByteView value) {
    boolean right =
        value != null && value.length() == size && value.at(size - 1) == filler(size - 1);
    for (int i = 0; right && i < key.length(); i++) {
      right = value.at(i) == key.charAt(i);
    }
    if (!right) {
      throw new IllegalStateException(
          "A wrong value for " + key + ": " + (value == null ? "none" : value.utf8()));
    }
  }

  /** The same checks of a plain array. */
  static void check(String key, int size, byte @Nullable [] value) {
    boolean right = value != null && value.length == size && value[size - 1] == filler(size - 1);
    for (int i = 0; right && i < key.length(); i++) {
      right = value[i] == key.charAt(i);
    }
    if (!right) {
      throw new IllegalStateException(
          "A wrong value for "
              + key
              + ": "
              + (value == null ? "none" : new String(value, StandardCharsets.UTF_8)));
    }
  }

  private static byte filler(int i) {
    return (byte) ('a' + i % 26);
  }
}
