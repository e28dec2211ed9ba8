package io.groupcache.spring.http;

import io.groupcache.ResultHandler;
import io.groupcache.groupcachepb.GetResponse;
import java.util.Map;
import java.util.Objects;

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
      while (more && (reader.isAtHand() || !isTold(mine))) {
        more = reader.next(this);
      }
    } catch (RuntimeException failure) {
      fail(mine, failure);
      return;
    }
    if (more) {
      passOn(mine);
    }
  }

  /** Has another than {@code mine} read on, one of those who wait; there may be none left. */
  void passOn(CombinedRead mine) {
    for (CombinedRead read : reads.values()) {
      if (!read.equals(mine) && read.read(this)) {
        return;
      }
    }
    reader.abort();
  }

  @Override
  public void onValue(String key, GetResponse response) {
    of(key).succeed(response);
  }

  @Override
  public void onFailure(String key, RuntimeException failure) {
    of(key).fail(failure);
  }

  @Override
  public void onWait() {
    whenNotAtHand.run();
  }

  private void fail(CombinedRead mine, RuntimeException failure) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    // A request that was cut short for its sender says nothing to those who have more time.
    boolean ofOneOnly = interrupted || sender.remainingNanos() <= 0;
    for (CombinedRead read : reads.values()) {
      if (isTold(read)) {
        continue;
      }
      if (!ofOneOnly || read.equals(sender) || (read.equals(mine) && interrupted)) {
        read.fail(failure);
      } else {
        read.again();
      }
    }
  }

  private static boolean isTold(CombinedRead read) {
    return read.turn() == CombinedRead.Turn.DONE;
  }

  private CombinedRead of(String key) {
    return Objects.requireNonNull(reads.get(key));
  }
}
