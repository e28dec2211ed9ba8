package io.groupcache.internal.cache;

import io.groupcache.ByteView;
import io.groupcache.GroupOptions;
import io.groupcache.internal.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Which times a group's values have. All are nanoseconds, {@link Held#NEVER} being none. Immutable.
 *
 * @param timeToLive how long a value may be used that says nothing itself
 * @param jitter up to which part of its time, 0 to 1, a value lives shorter
 * @param refreshAfter at which age a value is loaded anew while it is used
 * @param staleIfError how long beyond its time a value serves where the getter fails
 * @param notFoundTimeToLive how long it is remembered that there is no such key
 * @param random of the jitter
 */
public record TimePolicy(
    long timeToLive,
    double jitter,
    long refreshAfter,
    long staleIfError,
    long notFoundTimeToLive,
    RandomGenerator random) {

  private static final long LEAST_REFRESH_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_REFRESH_PAUSE = TimeUnit.MINUTES.toNanos(1);

  /** The times that a group's options give its values. */
  public static TimePolicy of(GroupOptions options) {
    return new TimePolicy(
        nanos(options.timeToLive()),
        options.timeToLiveJitter(),
        nanos(options.refreshAfter()),
        Durations.saturatedNanos(options.staleIfError()),
        Durations.saturatedNanos(options.notFoundTimeToLive()),
        () -> ThreadLocalRandom.current().nextLong());
  }

  private static long nanos(Optional<Duration> time) {
    return time.map(Durations::saturatedNanos).orElse(Held.NEVER);
  }

  /** Whether values have times that say nothing themselves. */
  public boolean isTimed() {
    return timeToLive != Held.NEVER || refreshAfter != Held.NEVER;
  }

  /**
   * What a cache holds of a value that the getter has given just now.
   *
   * @param loadedAt when the getter was called
   * @param ownTimeToLive what the getter says, or {@link Held#NEVER}
   */
  public ByteView loaded(ByteView value, long loadedAt, long ownTimeToLive) {
    long time = ownTimeToLive != Held.NEVER ? ownTimeToLive : timeToLive;
    return held(value, loadedAt, shortened(time), 0);
  }

  /**
   * What a cache holds of a value that a peer has sent.
   *
   * @param loadedAt when it was loaded, as far as is known
   * @param timeLeft how much longer it may be used, or {@link Held#NEVER} where the peer says
   *     nothing of it
   */
  public ByteView received(ByteView value, long loadedAt, long timeLeft) {
    long age = System.nanoTime() - loadedAt;
    long time; // from its load on; what is left has a jitter already
    if (timeLeft == Held.NEVER) {
      time = shortened(timeToLive);
    } else {
      time = timeLeft == 0 ? 0 : age + timeLeft; // with none left it is not kept, not even stale
    }
    // Where it is due, its owner loads it anew just now.
    return held(value, loadedAt, time, age + LEAST_REFRESH_PAUSE);
  }

  /** Whether it is remembered that there is no such key. */
  public boolean remembersWhatIsNotFound() {
    return notFoundTimeToLive > 0;
  }

  /** What a cache holds of a key that does not exist. */
  public Held notFound(long loadedAt) {
    return Held.notFound(loadedAt, notFoundTimeToLive);
  }

  /** How long it is not tried again to load a value anew. */
  public long refreshPause() {
    return Math.max(LEAST_REFRESH_PAUSE, Math.min(MOST_REFRESH_PAUSE, refreshAfter / 10));
  }

  private ByteView held(ByteView value, long loadedAt, long time, long noRefreshBefore) {
    return time == Held.NEVER && refreshAfter == Held.NEVER
        ? value
        : new Held(value, loadedAt, time, noRefreshBefore);
  }

  private long shortened(long time) {
    return time == Held.NEVER ? time : time - (long) (time * jitter * random.nextDouble());
  }
}
