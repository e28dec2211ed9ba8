package io.groupcache.spring.http.client;

import io.groupcache.ResultHandler;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.http.wire.PeerFailure;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that is under way for several reads. One of their callers reads it, for
 * all: what is at hand in any case, and then until it has its own; then another reads on.
 */
final class CombinedAnswer implements ResultHandler<GetResponse> {

  private final Map<String, CombinedRead> reads;
  private final ManyKeysReader reader;
  private final CombinedRead sender;
  private final Runnable whenNotAtHand;

  /**
   * Makes an answer that has yet to be read.
   *
   * @param reads those it is for, by key
   * @param sender the one of them whose time bounds the request
   * @param whenNotAtHand is run when all that was at hand has been read
   */
  CombinedAnswer(
      Map<String, CombinedRead> reads,
      ManyKeysReader reader,
      CombinedRead sender,
      Runnable whenNotAtHand) {
    this.reads = reads;
    this.reader = reader;
    this.sender = sender;
    this.whenNotAtHand = whenNotAtHand;
  }

  /** Reads on, in the thread of {@code mine}, until that has been told. */
  void read(CombinedRead mine) {
    boolean more = true;
    try {
      reader.endWithin(mine.remainingNanos());
      while (more && (reader.isAtHand() || reader.isComplete() || !isTold(mine))) {
        more = reader.next(this);
      }
    } catch (RuntimeException failure) {
      fail(mine, failure);
      return;
    } catch (Error error) { // must not leave callers waiting
      reads.values().stream().filter(read -> !isTold(read)).forEach(CombinedRead::again);
      throw error;
    }
    if (more) {
      passOn(mine);
    }
  }

  /**
   * Has another than {@code mine} read on, one of those who wait; there may be none left. It is the
   * one with the most time: who reads can't leave before something comes.
   */
  void passOn(CombinedRead mine) {
    CombinedRead next = mostPatient(mine);
    while (next != null && !next.read(this)) {
      next = mostPatient(mine);
    }
    if (next == null) {
      reader.abort();
    }
  }

  private @Nullable CombinedRead mostPatient(CombinedRead mine) {
    CombinedRead patient = null;
    long most = -1;
    for (CombinedRead read : reads.values()) {
      long time = read.remainingNanos();
      if (!read.equals(mine) && read.turn() == CombinedRead.Turn.WAIT && time > most) {
        patient = read;
        most = time;
      }
    }
    return patient;
  }

  @Override
  public void onValue(String key, GetResponse response) {
    of(key).succeed(response);
  }

  /** A peer that was given the sender's time only may well have one who has more. */
  @Override
  public void onFailure(String key, RuntimeException failure) {
    CombinedRead read = of(key);
    if (failure instanceof PeerFailure && isCutShort(read, sender)) {
      read.again();
    } else {
      read.fail(failure);
    }
  }

  @Override
  public void onWait() {
    whenNotAtHand.run();
  }

  private void fail(CombinedRead mine, RuntimeException failure) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    for (CombinedRead read : reads.values()) {
      // What was cut short for one of them says nothing to those who have more time.
      boolean ofOthers =
          interrupted ? !read.equals(mine) : isCutShort(read, sender) || isCutShort(read, mine);
      if (!isTold(read) && ofOthers) {
        read.again();
      } else if (!isTold(read)) {
        read.fail(failure);
      }
    }
  }

  private static boolean isCutShort(CombinedRead read, CombinedRead by) {
    return by.hasHardlyAnyTime() && read.hasMoreTimeThan(by);
  }

  private static boolean isTold(CombinedRead read) {
    return read.turn() == CombinedRead.Turn.DONE || read.turn() == CombinedRead.Turn.AGAIN;
  }

  private CombinedRead of(String key) {
    return Objects.requireNonNull(reads.get(key));
  }
}
