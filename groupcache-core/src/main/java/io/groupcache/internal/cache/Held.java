package io.groupcache.internal.cache;

import io.groupcache.ByteView;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A value with times, or the word that a key has none, as a cache holds it. All times are counted
 * from when it was loaded, in nanoseconds, {@link #NEVER} being as good as for ever. Safe for use
 * from many threads.
 */
public final class Held {

  /** A time that does not come. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final AtomicLongFieldUpdater<Held> REFRESH_AGE =
      AtomicLongFieldUpdater.newUpdater(Held.class, "refreshAge");

  private final @Nullable ByteView value;
  private final long loadedAt;
  private final long timeToLive;
  private final long staleTime;
  private final @Nullable Version setBy;

  /** At which age it is next to be loaded anew. */
  private volatile long refreshAge;

  /**
   * Makes one.
   *
   * @param value null where there is no such key
   * @param loadedAt when it was loaded, in the time of {@link System#nanoTime}
   * @param timeToLive how long it may be used
   * @param refreshAge at which age it is loaded anew while it is used
   * @param staleTime how long beyond its time it serves where the getter fails
   */
  Held(@Nullable ByteView value, long loadedAt, long timeToLive, long refreshAge, long staleTime) {
    this(value, loadedAt, timeToLive, refreshAge, staleTime, null);
  }

  private Held(
      @Nullable ByteView value,
      long loadedAt,
      long timeToLive,
      long refreshAge,
      long staleTime,
      @Nullable Version setBy) {
    this.value = value;
    this.loadedAt = loadedAt;
    this.timeToLive = timeToLive;
    this.refreshAge = refreshAge;
    this.staleTime = staleTime;
    this.setBy = setBy;
  }

  /** What a cache holds of a value, with the change that has set it. */
  public static Held set(Object held, Version setBy) {
    return held instanceof Held timed
        ? new Held(
            timed.value, timed.loadedAt, timed.timeToLive, timed.refreshAge, timed.staleTime, setBy)
        : new Held((ByteView) held, System.nanoTime(), NEVER, NEVER, 0, setBy);
  }

  /**
   * Whether that change has set it, which may also have been told without its value, or a later one
   * has, which that one says nothing about.
   */
  boolean isSetSince(Version change) {
    return setBy != null && !change.isLaterThan(setBy);
  }

  /** The value; there must be one. */
  public ByteView value() {
    return Objects.requireNonNull(value);
  }

  /** Whether it says that there is no such key. */
  public boolean isNotFound() {
    return value == null;
  }

  /** How long ago it was loaded, not negative. */
  public long age() {
    return Math.max(0, System.nanoTime() - loadedAt);
  }

  /** How much longer it may be used, not negative; {@link #NEVER} where nothing says how long. */
  public long timeLeft() {
    return timeToLive == NEVER ? NEVER : Math.max(0, timeToLive - age());
  }

  /** Whether its time is up. */
  public boolean isExpired() {
    return timeToLive != NEVER && age() >= timeToLive;
  }

  /** Whether it may be used by those only who wait for it. */
  boolean hasNoTime() {
    return timeToLive <= 0;
  }

  /** Whether it is of no use any more, not even where the getter fails. */
  boolean isOver() {
    return timeToLive != NEVER && age() - timeToLive >= staleTime;
  }

  /**
   * Whether it is to be loaded anew, which is said to one caller.
   *
   * @param pause how long nobody is told so again
   */
  public boolean claimRefresh(long pause) {
    long due = refreshAge;
    long age;
    return due != NEVER
        && (age = age()) >= due
        && REFRESH_AGE.compareAndSet(this, due, age + pause < 0 ? NEVER : age + pause);
  }
}
