package io.groupcache.internal.cache;

import io.groupcache.ByteView;
import io.groupcache.GetResult;
import io.groupcache.Source;
import java.time.Duration;
import java.util.Optional;

/**
 * What a get has found.
 *
 * @param value a {@link Held} where it has times
 * @param isStale whether it is served although its time was up
 */
public record Found(ByteView value, Source source, boolean isStale) implements GetResult {

  /** A value whose time is not up. */
  public Found(ByteView value, Source source) {
    this(value, source, false);
  }

  @Override
  public Optional<Duration> age() {
    return value instanceof Held timed
        ? Optional.of(Duration.ofNanos(timed.age()))
        : Optional.empty();
  }

  @Override
  public Optional<Duration> timeToLive() {
    long left = value instanceof Held timed ? timed.timeLeft() : Held.NEVER;
    return left == Held.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(left));
  }
}
