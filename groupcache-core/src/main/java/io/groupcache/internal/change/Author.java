package io.groupcache.internal.change;

import io.groupcache.groupcachepb.Change;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Numbers the changes that this process makes. An author that has been silent for long is another
 * one afterwards: those who have forgotten it meanwhile need not ask for what they lack. Safe for
 * use from many threads.
 */
final class Author {

  private static final long MOST_SILENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final LongSupplier nanos;
  private final Stamps stamps;
  private final ReentrantLock lock = new ReentrantLock();
  private long id = ThreadLocalRandom.current().nextLong(); // guarded by the lock
  private long number; // guarded by the lock
  private long lastAt; // guarded by the lock

  Author(LongSupplier nanos, LongSupplier wallMillis) {
    this.nanos = nanos;
    this.stamps = new Stamps(wallMillis);
  }

  /** The next change: of these keys, or of all where there are none. */
  Change next(String group, List<String> keys) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      if (number > 0 && now - lastAt >= MOST_SILENCE_NANOS) {
        beAnother();
      }
      lastAt = now;
      return Change.newBuilder()
          .setAuthor(id)
          .setNumber(++number)
          .setStamp(stamps.next())
          .setGroup(group)
          .addAllKey(keys)
          .setAll(keys.isEmpty())
          .build();
    } finally {
      lock.unlock();
    }
  }

  /** Which author this process is now. */
  long id() {
    lock.lock();
    try {
      return id;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether an author may have made so many changes, as somebody says. Where it is this one, and
   * has not, the next ones might be taken for known: it is another author from now on.
   */
  boolean hasMade(long author, long changes) {
    lock.lock();
    try {
      if (author != id || changes <= number) {
        return true;
      }
      beAnother();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** A stamp that another peer has made, or the greatest that it can have made. */
  long reasonable(long stamp) {
    return stamps.reasonable(stamp);
  }

  /** The greatest stamp that was made, or seen; 0 where there was none. */
  long lastStamp() {
    return stamps.last();
  }

  /** Has a stamp from now on, before there is a change. */
  void begin() {
    stamps.next();
  }

  /** Another peer has made a change of that stamp. */
  void seen(long stamp) {
    stamps.seen(stamp);
  }

  private void beAnother() {
    id = ThreadLocalRandom.current().nextLong();
    number = 0;
  }
}
