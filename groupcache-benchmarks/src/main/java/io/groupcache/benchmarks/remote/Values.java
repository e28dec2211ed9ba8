package io.groupcache.benchmarks.remote;

import io.groupcache.ByteView;
import java.util.List;
import java.util.function.IntUnaryOperator;
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
    if (value == null) {
      throw new IllegalStateException("No value for " + key);
    }
    check(key, size, value.length(), value::at);
  }

  /** The same checks of a plain array. */
  static void check(String key, int size, byte @Nullable [] value) {
    if (value == null) {
      throw new IllegalStateException("No value for " + key);
    }
    check(key, size, value.length, i -> value[i]);
  }

  private static void check(String key, int size, int length, IntUnaryOperator byteAt) {
    boolean right = length == size && byteAt.applyAsInt(size - 1) == filler(size - 1);
    for (int i = 0; right && i < key.length(); i++) {
      right = byteAt.applyAsInt(i) == key.charAt(i);
    }
    if (!right) {
      throw new IllegalStateException("A wrong value of " + length + " bytes for " + key);
    }
  }

  private static byte filler(int i) {
    return (byte) ('a' + i % 26);
  }
}
