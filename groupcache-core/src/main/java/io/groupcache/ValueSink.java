package io.groupcache;

/**
 * Turns the bytes of a value into what a caller wants of them. {@link Sinks} has the usual ones.
 *
 * @param <T> what the caller gets
 */
@FunctionalInterface
public interface ValueSink<T> {

  /**
   * Reads a value, in the caller's thread.
   *
   * @throws GroupCacheException when these bytes can't be a {@code T}
   */
  T read(ByteView value);
}
