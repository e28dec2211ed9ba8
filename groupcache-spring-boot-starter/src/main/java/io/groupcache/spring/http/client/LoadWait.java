package io.groupcache.spring.http.client;

import io.groupcache.GetContext;
import io.groupcache.spring.http.wire.KeyAnswer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One caller's wait for a load of a peer's. */
final class LoadWait {

  private final GetContext context;
  private final String key;
  private final KeyAnswer.Loading load;
  private final Queue<LoadWait> ended;
  private final Thread caller = Thread.currentThread();
  private volatile @Nullable KeyAnswer outcome;

  /** Makes a wait of this thread; it is added to {@code ended} when there is an outcome. */
  LoadWait(GetContext context, String key, KeyAnswer.Loading load, Queue<LoadWait> ended) {
    this.context = context;
    this.key = key;
    this.load = load;
    this.ended = ended;
  }

  String key() {
    return key;
  }

  KeyAnswer.Loading load() {
    return load;
  }

  /** The loads that wait for this one, as it is now. */
  List<String> ancestors() {
    return context.ancestors();
  }

  /** What the load came to; null while it goes on. */
  @Nullable KeyAnswer outcome() {
    return outcome;
  }

  void end(KeyAnswer answer) {
    outcome = answer;
    ended.add(this);
    LockSupport.unpark(caller);
  }
}
