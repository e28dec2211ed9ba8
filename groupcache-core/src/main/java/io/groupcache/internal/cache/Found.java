package io.groupcache.internal.cache;

import io.groupcache.ByteView;
import io.groupcache.GetResult;
import io.groupcache.Source;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a get has found.
 *
 * @param times null where the value has none
 * @param isStale whether it is served although its time was up
 */
public record Found(ByteView value, Source source, @Nullable Held times, boolean isStale)
    implements GetResult {

  /** A value without times. */
  public Found(ByteView value, Source source) {
    this(value, source, null, false);
  }

  /** What a cache holds, or is to hold, of a key that has a value. */
  public static Found of(Object held, Source source) {
    return held instanceof Held timed
        ? new Found(timed.value(), source, timed, false)
        : new Found((ByteView) held, source);
  }

  @Override
  public Optional<Duration> age() {
    return Optional.ofNullable(times).map(known -> Duration.ofNanos(known.age()));
  }

  @Override
  public Optional<Duration> timeToLive() {
    return Optional.ofNullable(times)
        .map(Held::timeLeft)
        .filter(left -> left != Held.NEVER)
        .map(Duration::ofNanos);
  }
}
