package io.groupcache;

import java.time.Duration;
import java.util.Optional;

/**
 * A value, and what is known of it. Immutable; a library's class, which is not for others to make.
 */
public interface GetResult {

  /** The value. */
  ByteView value();

  /**
   * Where it was found; a caller that waited for another caller's load has the same source as that
   * one.
   */
  Source source();

  /**
   * How long ago its getter began to load it, as of now; empty where the group has no times, and
   * nobody counts.
   */
  Optional<Duration> age();

  /** How much longer it may be used, as of now; empty where it may be used for ever. */
  Optional<Duration> timeToLive();

  /** Whether it is served although its time was up, because its getter failed. */
  boolean isStale();
}
