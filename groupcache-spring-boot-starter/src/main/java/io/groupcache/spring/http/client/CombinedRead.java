package io.groupcache.spring.http.client;

import io.groupcache.GetContext;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.ManyKeys;
import io.groupcache.spring.http.wire.PeerFailure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One caller's get that waits to go together with others, or for the answer to that request. */
final class CombinedRead {

  /** What does not count as more time: time is told to peers in milliseconds. */
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final GetContext context;
  private final String key;
  private final List<String> ancestors;
  private final Thread caller = Thread.currentThread();
  private final AtomicReference<@Nullable News> news = new AtomicReference<>();

  CombinedRead(GetContext context, String key, List<String> ancestors) {
    this.context = context;
    this.key = key;
    this.ancestors = ancestors;
  }

  GetContext context() {
    return context;
  }

  String key() {
    return key;
  }

  List<String> ancestors() {
    return ancestors;
  }

  /** The bytes that it adds to a request. */
  int size() {
    return ManyKeys.sizeOf(key, ancestors, context.changes(key));
  }

  /** What its caller has been told, once; null before. */
  @Nullable News news() {
    return news.get();
  }

  /** Whether its caller wants an answer no more. In the caller's thread. */
  boolean isOver() {
    return Thread.currentThread().isInterrupted() || context.remainingNanos() <= 0;
  }

  /** Whether it goes on when that one's time is up. */
  boolean hasMoreTimeThan(CombinedRead other) {
    return context.remainingNanos() - MOMENT_NANOS > other.context.remainingNanos();
  }

  /** What its caller gets who wants an answer no more. */
  PeerFailure tooLate() {
    return new PeerFailure(
        "Key '" + key + "' had not been answered when it was not waited for any more",
        null,
        true,
        PeerFailure.Health.UNKNOWN);
  }

  /** Tells its caller; false where it has been told something, or has left. */
  boolean tell(News next) {
    boolean told = news.compareAndSet(null, next);
    if (told) {
      LockSupport.unpark(caller);
    }
    return told;
  }

  /** What the caller is told. */
  sealed interface News {

    /** Send a request, for all that have gathered. */
    record Send() implements News {}

    /** Ask anew: whoever asked for it could not. */
    record Again() implements News {}

    /** The caller waits no more, and has told itself. */
    record Left() implements News {}

    /** Here is what the peer said of the key. */
    record Answered(KeyAnswer answer) implements News {}

    /** The request has failed. */
    record Failed(RuntimeException failure) implements News {}
  }
}
