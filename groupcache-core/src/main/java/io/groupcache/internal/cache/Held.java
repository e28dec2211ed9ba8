package io.groupcache.internal.cache;

import io.groupcache.ByteView;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A value with times, or the word that a key has none, as a cache holds it: one object with the
 * view that callers get, because there is one for each entry. What is the same for all values of a
 * group is in its {@link TimePolicy}. Times are nanoseconds, {@link #NEVER} being as good as for
 * ever. Safe for use from many threads.
 */
public class Held extends ByteView {

  /** A time that does not come. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final AtomicIntegerFieldUpdater<Held> NO_REFRESH_BEFORE =
      AtomicIntegerFieldUpdater.newUpdater(Held.class, "noRefreshBefore");

  private final long loadedAt;

  /** From its load on; a float, which has room for any time in four bytes, to seven digits. */
  private final float timeToLive;

  /** Up to which age, in whole seconds, nobody is told to load it anew. */
  private volatile int noRefreshBefore;

  /**
   * Makes one.
   *
   * @param loadedAt when it was loaded, in the time of {@link System#nanoTime}
   * @param timeToLive how long it may be used
   * @param noRefreshBefore at which age it is loaded anew at the earliest
   */
  Held(ByteView value, long loadedAt, long timeToLive, long noRefreshBefore) {
    super(value);
    this.loadedAt = loadedAt;
    this.timeToLive =
        timeToLive == NEVER
            ? Float.POSITIVE_INFINITY
            : Math.nextDown((float) timeToLive); // never longer than it was said
    this.noRefreshBefore = seconds(noRefreshBefore);
  }

  private Held(Held same) {
    super(same);
    this.loadedAt = same.loadedAt;
    this.timeToLive = same.timeToLive;
    this.noRefreshBefore = same.noRefreshBefore;
  }

  /** The word that there is no such key. */
  static Held notFound(long loadedAt, long timeToLive) {
    return new NotFound(loadedAt, timeToLive);
  }

  /** What a cache holds of a value, with the change that has set it. */
  public static Held set(ByteView value, Version setBy) {
    return new SetValue(
        value instanceof Held timed ? timed : new Held(value, System.nanoTime(), NEVER, 0), setBy);
  }

  /**
   * Whether that change has set it, which may also have been told without its value, or a later one
   * has, which that one says nothing about.
   */
  boolean isSetSince(Version change) {
    return this instanceof SetValue set && !change.isLaterThan(set.by);
  }

  /** Whether it says that there is no such key. */
  public boolean isNotFound() {
    return this instanceof NotFound;
  }

  /** How long ago it was loaded, not negative. */
  public long age() {
    return Math.max(0, System.nanoTime() - loadedAt);
  }

  /** How much longer it may be used, not negative; {@link #NEVER} where nothing says how long. */
  public long timeLeft() {
    return Math.max(0, (long) ((double) timeToLive - age())); // a cast of infinity is NEVER
  }

  /** Whether its time is up. */
  public boolean isExpired() {
    return isExpired(age());
  }

  /** Whether it may be used by those only who wait for it. */
  boolean hasNoTime() {
    return timeToLive <= 0;
  }

  /**
   * Whether it is of no use any more, not even where the getter fails.
   *
   * @param staleTime how long beyond its time a value serves there
   */
  boolean isOver(long staleTime) {
    return (float) age() >= timeToLive + (isNotFound() ? 0 : staleTime);
  }

  /** Whether it is a value that may be used, and there is nothing else to do about it. */
  public boolean isFresh(TimePolicy times) {
    long age = age();
    return !isExpired(age) && !isDue(age, times) && !isNotFound();
  }

  /** Whether it is to be loaded anew, which is said to one caller, and not again for a while. */
  public boolean claimRefresh(TimePolicy times) {
    int before = noRefreshBefore;
    long age = age();
    return isDue(age, times)
        && NO_REFRESH_BEFORE.compareAndSet(this, before, seconds(age + times.refreshPause()));
  }

  private boolean isExpired(long age) {
    return (float) age >= timeToLive;
  }

  private boolean isDue(long age, TimePolicy times) {
    return age >= times.refreshAfter() && age >= TimeUnit.SECONDS.toNanos(noRefreshBefore);
  }

  /** Rounded up. */
  private static int seconds(long nanos) {
    return (int) Math.ceil(nanos / 1e9);
  }

  private static final class NotFound extends Held {

    NotFound(long loadedAt, long timeToLive) {
      super(ByteView.empty(), loadedAt, timeToLive, 0);
    }
  }

  /** There are few of these: they take more. */
  private static final class SetValue extends Held {

    private final Version by;

    SetValue(Held value, Version by) {
      super(value);
      this.by = by;
    }
  }
}
