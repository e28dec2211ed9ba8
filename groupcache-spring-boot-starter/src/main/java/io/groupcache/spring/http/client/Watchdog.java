package io.groupcache.spring.http.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Looks after what must not take longer than it may, in one thread of its own. To be watched costs
 * no lock and, while others are watched who have less time, wakes no thread: the thread looks at
 * all of them when the first of them may be late, and now and then. Safe for use from many threads.
 */
final class Watchdog implements AutoCloseable {

  private static final Log log = LogFactory.getLog(Watchdog.class);

  private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** After so many looks at nobody it sleeps until it is woken. */
  private static final int LOOKS_BEFORE_SLEEP = 20;

  /** Later than anyone's deadline: whoever comes then wakes the thread. */
  private static final long NEVER = Long.MAX_VALUE / 2;

  private final Set<Watched> all = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::run, "groupcache-timer");
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile long nextLook = System.nanoTime() + NEVER;
  private volatile boolean closed;

  Watchdog() {
    thread.setDaemon(true);
  }

  /** What has a deadline. Its methods are called from the watchdog's thread, too. */
  interface Watched {

    /** When this has to be looked at, as {@link System#nanoTime()} will then be. */
    long deadline();

    /** Called when that is past; the deadline should then be a later one. */
    void late();
  }

  /** Looks after {@code one} from now on. */
  void watch(Watched one) {
    all.add(one);
    try {
      hurry(one);
    } catch (Throwable notWatched) {
      all.remove(one);
      throw notWatched;
    }
  }

  /** To be called when the deadline of one that is watched has become an earlier one. */
  void hurry(Watched one) {
    if (one.deadline() - nextLook < 0) {
      if (!started.get() && started.compareAndSet(false, true)) {
        start();
      } else {
        LockSupport.unpark(thread);
      }
    }
  }

  private void start() {
    try {
      thread.start();
    } catch (Throwable noThread) { // for want of memory, say: the next one tries again
      started.set(false);
      throw noThread;
    }
  }

  /** Looks after it no longer; a call to it may be under way. */
  void forget(Watched one) {
    all.remove(one);
  }

  /** Looks after nobody any longer. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    int looksAtNobody = 0;
    while (!closed) {
      nextLook = System.nanoTime() + NEVER; // before looking: none that comes now is overlooked
      long nap = look();
      looksAtNobody = all.isEmpty() ? looksAtNobody + 1 : 0;
      if (looksAtNobody > LOOKS_BEFORE_SLEEP) {
        LockSupport.park(this);
      } else {
        nextLook = System.nanoTime() + nap;
        LockSupport.parkNanos(this, nap);
      }
    }
  }

  /** The thread outlives whatever happens: nobody else keeps the time. */
  private long look() {
    try {
      return lookAtAll();
    } catch (RuntimeException | Error e) { // for want of memory, say
      return LONGEST_NAP_NANOS;
    }
  }

  /** Gives the nanoseconds after which it has to be done again. */
  private long lookAtAll() {
    long now = System.nanoTime();
    long nap = LONGEST_NAP_NANOS;
    for (Watched one : all) {
      if (one.deadline() - now <= 0) {
        callLate(one);
      }
      nap = Math.min(nap, one.deadline() - now);
    }
    return Math.max(nap, 0);
  }

  private static void callLate(Watched one) {
    try {
      one.late();
    } catch (RuntimeException | Error e) { // the others are still watched
      log.warn("What had taken too long could not be ended", e);
    }
  }
}
