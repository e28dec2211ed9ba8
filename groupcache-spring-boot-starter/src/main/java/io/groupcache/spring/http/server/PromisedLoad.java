package io.groupcache.spring.http.server;

import io.groupcache.GetResult;
import io.groupcache.spring.http.wire.PeerError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that this peer loads for another, which was told so: the outcome is kept until it is
 * fetched. Safe for use from many threads.
 */
final class PromisedLoad {

  private final long id;
  private final String group;
  private final String key;

  private final List<HeldRequest> waiting = new ArrayList<>(1); // guarded by this
  private @Nullable Outcome outcome; // guarded by this
  private volatile List<String> ancestors;
  private volatile long wantedAt = System.nanoTime();

  PromisedLoad(long id, String group, String key, List<String> ancestors) {
    this.id = id;
    this.group = group;
    this.key = key;
    this.ancestors = ancestors;
  }

  long id() {
    return id;
  }

  String group() {
    return group;
  }

  String key() {
    return key;
  }

  /** Says that the asker wants it still. */
  void wanted(List<String> theirAncestors) {
    wantedAt = System.nanoTime();
    ancestors = List.copyOf(theirAncestors);
  }

  /** The loads on other peers that wait for it, as last heard of. */
  List<String> ancestors() {
    return ancestors;
  }

  /** How long nobody has said so, in nanoseconds; 0 while a request for it is held. */
  synchronized long unwantedNanos() {
    return waiting.isEmpty() ? System.nanoTime() - wantedAt : 0;
  }

  /** Whether it would wait for itself. */
  boolean isItsOwnAncestor() {
    return ancestors.contains(group + "/" + key);
  }

  synchronized @Nullable Outcome outcome() {
    return outcome;
  }

  /** Ends with an outcome, unless it has one. */
  boolean land(Outcome landed) {
    List<HeldRequest> told;
    synchronized (this) {
      if (outcome != null) {
        return false;
      }
      outcome = landed;
      wantedAt = System.nanoTime();
      told = List.copyOf(waiting);
      waiting.clear();
    }
    told.forEach(HeldRequest::landed);
    return true;
  }

  /** Has a request told of the outcome, at once if there is one. */
  void tell(HeldRequest request) {
    synchronized (this) {
      if (outcome == null) {
        waiting.add(request);
        return;
      }
    }
    request.landed();
  }

  /** Forgets a request that is answered. */
  synchronized void forget(HeldRequest request) {
    if (waiting.remove(request)) {
      wantedAt = System.nanoTime();
    }
  }

  /** What a load has come to: a value, or why there is none. */
  sealed interface Outcome {

    /** A value. */
    record Value(GetResult result) implements Outcome {}

    /** None; {@code error} is null where it is not the key's last word, and no code says so. */
    record Failure(@Nullable PeerError error, String sentence) implements Outcome {}
  }
}
