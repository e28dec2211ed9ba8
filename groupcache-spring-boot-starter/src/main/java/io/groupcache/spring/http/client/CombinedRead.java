package io.groupcache.spring.http.client;

import io.groupcache.GetContext;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.http.wire.PeerFailure;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One caller's get that may travel with others. While the caller waits, others tell it what it has
 * to do next, once: who is told nothing more has left, or has been told already.
 */
final class CombinedRead {

  /** What the caller has to do. */
  enum Turn {
    /** Wait: nobody has told it anything. */
    WAIT,
    /** Send a request, for all that have gathered. */
    SEND,
    /** Read on in the answer that its key's is in. */
    READ,
    /** Ask anew: who was to ask for it could not. */
    AGAIN,
    /** Take what its key has come to. */
    DONE,
    /** Nothing: it waits no more. */
    LEFT
  }

  /** What does not count as time left, or as more of it: time is told to peers in milliseconds. */
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final GetContext context;
  private final GetRequest request;
  private final long timeNanos;
  private final Thread caller = Thread.currentThread();
  private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.WAIT);
  private @Nullable GetResponse response;
  private @Nullable RuntimeException failure;
  private @Nullable CombinedAnswer answer;

  CombinedRead(GetContext context, GetRequest request) {
    this.context = context;
    this.request = request;
    this.timeNanos = remainingNanos();
  }

  GetContext context() {
    return context;
  }

  GetRequest request() {
    return request;
  }

  String key() {
    return request.getKey();
  }

  Turn turn() {
    return turn.get();
  }

  /** The time left in nanoseconds, or a very long time. */
  long remainingNanos() {
    return context.remaining().map(left -> left.toNanos()).orElse(Long.MAX_VALUE);
  }

  /** Whether its caller wants an answer no more. In the caller's thread. */
  boolean isOver() {
    return Thread.currentThread().isInterrupted() || remainingNanos() <= 0;
  }

  /**
   * Whether so little time is left that a request which had that of this read has been cut short by
   * it, most likely: a peer gives up when a tenth is left.
   */
  boolean hasHardlyAnyTime() {
    return remainingNanos() <= Math.max(timeNanos / 5, MOMENT_NANOS);
  }

  /** Whether it goes on when that one's time is up. */
  boolean hasMoreTimeThan(CombinedRead other) {
    return remainingNanos() - MOMENT_NANOS > other.remainingNanos();
  }

  /** What its caller gets who wants an answer no more. */
  PeerFailure tooLate() {
    return new PeerFailure(
        "Key '" + key() + "' had not been answered when it was not waited for any more",
        null,
        true,
        PeerFailure.Health.UNKNOWN);
  }

  /** Has it send, if it still waits. */
  boolean send() {
    return tell(Turn.SEND);
  }

  /** Has it read on, if it still waits. */
  boolean read(CombinedAnswer next) {
    answer = next;
    return tell(Turn.READ);
  }

  /** Has it ask anew. */
  void again() {
    tell(Turn.AGAIN);
  }

  void succeed(GetResponse value) {
    response = value;
    tell(Turn.DONE);
  }

  void fail(RuntimeException cause) {
    failure = cause;
    tell(Turn.DONE);
  }

  /** Says that its caller waits no more; false where it has been told something. */
  boolean leave() {
    return turn.compareAndSet(Turn.WAIT, Turn.LEFT);
  }

  /** The answer to read on in. */
  CombinedAnswer answer() {
    return Objects.requireNonNull(answer);
  }

  /** What its key has come to. */
  GetResponse result() {
    if (failure != null) {
      throw failure;
    }
    return Objects.requireNonNull(response);
  }

  private boolean tell(Turn next) {
    if (caller == Thread.currentThread()) { // it sends, or reads, and so finds out itself
      turn.set(next);
      return true;
    }
    boolean waited = turn.compareAndSet(Turn.WAIT, next);
    if (waited) {
      LockSupport.unpark(caller);
    }
    return waited;
  }
}
