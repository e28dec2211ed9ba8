package io.groupcache.spring.http.client;

import io.groupcache.GetContext;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.Waits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the loads of one peer, of all callers here, with one request at a time: a new one takes
 * the place of the one that is out. It goes out of turn, past the breaker: that the peer loads what
 * it was asked for is known. Safe for use from many threads.
 */
final class LoadWaits {

  /** How long waits gather before a request is sent for them. */
  private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** How long a peer is left alone that has answered, and had nothing to say. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final PeerRequests requests;
  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by the lock.
  private final Set<LoadWait> open = new LinkedHashSet<>();
  private boolean gathering;
  private long latest;

  LoadWaits(PeerRequests requests, Executor executor) {
    this.requests = requests;
    this.executor = executor;
  }

  /**
   * Waits in this thread, within the time of {@code context}, and tells {@code outcomes} of each
   * load as soon as there is one.
   *
   * @param loads by key
   * @return the keys that were still loading at the deadline
   * @throws PeerFailure when this thread was interrupted, with its flag set
   */
  Set<String> await(
      GetContext context,
      Map<String, KeyAnswer.Loading> loads,
      BiConsumer<String, KeyAnswer> outcomes) {
    if (loads.isEmpty()) {
      return Set.of();
    }
    Queue<LoadWait> ended = new ConcurrentLinkedQueue<>();
    Map<String, LoadWait> waits = new LinkedHashMap<>();
    loads.forEach((key, load) -> waits.put(key, new LoadWait(context, key, load, ended)));
    try {
      add(waits.values()); // whatever comes of it, they are forgotten in the end
      while (!waits.isEmpty()) {
        LoadWait next = ended.poll();
        if (next != null) {
          waits.remove(next.key());
          outcomes.accept(next.key(), Objects.requireNonNull(next.outcome()));
          continue;
        }
        long left = context.remainingNanos();
        if (Thread.currentThread().isInterrupted()) {
          throw failure("was interrupted", null);
        } else if (left <= 0) {
          break;
        }
        LockSupport.parkNanos(this, left);
      }
      return Set.copyOf(waits.keySet());
    } finally {
      remove(waits.values());
    }
  }

  /** Has waits ended when there is an outcome of each. */
  private void add(Collection<LoadWait> waits) {
    boolean first;
    lock.lock();
    try {
      open.addAll(waits);
      first = !gathering;
      gathering = true;
    } finally {
      lock.unlock();
    }
    if (first) {
      try {
        executor.execute(this::send);
      } catch (Throwable refusal) { // an Error too: no thread could be made, say
        endAll(failure("could not begin: " + refusal, refusal));
      }
    }
  }

  /** Nobody sends a request for those that have gathered. */
  private void endAll(PeerFailure failure) {
    List<LoadWait> waits;
    lock.lock();
    try {
      gathering = false;
      waits = List.copyOf(open);
    } finally {
      lock.unlock();
    }
    waits.forEach(wait -> end(wait, new KeyAnswer.Failed(failure)));
  }

  /** Forgets waits whose caller has left. */
  private void remove(Collection<LoadWait> waits) {
    lock.lock();
    try {
      waits.forEach(open::remove);
    } finally {
      lock.unlock();
    }
  }

  private void send() {
    LockSupport.parkNanos(this, GATHERING_NANOS);
    long mine;
    List<LoadWait> waits;
    lock.lock();
    try {
      gathering = false;
      mine = ++latest;
      waits = next();
    } finally {
      lock.unlock();
    }
    while (!waits.isEmpty()) {
      if (!ask(waits)) {
        // A way to the same peer that is left of an earlier ring ends this one's, and vice versa.
        LockSupport.parkNanos(this, PAUSE_NANOS);
      }
      lock.lock();
      try {
        waits = latest == mine ? next() : List.of();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Those that go into one request: of one process of the peer, the one that was heard of last. */
  private List<LoadWait> next() {
    List<LoadWait> waits = new ArrayList<>();
    LoadWait last = null;
    for (LoadWait wait : open) {
      last = wait;
    }
    for (LoadWait wait : List.copyOf(open)) {
      if (last != null && wait.load().process() != last.load().process()) {
        open.remove(wait);
        wait.end(new KeyAnswer.Again(true)); // the process that knew of it is gone
      } else if (waits.size() < Waits.MAX_LOADS) {
        waits.add(wait);
      }
    }
    return waits;
  }

  /** Asks about as many of them as fit into a request; whether there was an outcome of any. */
  private boolean ask(List<LoadWait> waits) {
    Map<Long, List<String>> loads = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>();
    List<LoadWait> asked = new ArrayList<>();
    int bytes = 0;
    for (LoadWait wait : waits) {
      long id = wait.load().id();
      List<String> ancestors = wait.ancestors();
      int size = Waits.sizeOf(id, ancestors);
      boolean fits = bytes + size <= Waits.MAX_BYTES || asked.isEmpty();
      if (fits && loads.putIfAbsent(id, ancestors) == null) {
        keys.add(wait.key());
        asked.add(wait);
        bytes += size;
      }
    }
    @Nullable KeyAnswer[] answers;
    try {
      answers = requests.await(waits.get(0).load().process(), loads, keys);
    } catch (Throwable failure) { // an Error too must not leave callers waiting
      waits.forEach(wait -> end(wait, new KeyAnswer.Failed(known(failure))));
      return true;
    }
    boolean any = false;
    for (int i = 0; i < answers.length; i++) {
      KeyAnswer answer = answers[i];
      if (answer != null) {
        end(asked.get(i), answer);
        any = true;
      }
    }
    return any;
  }

  private void end(LoadWait wait, KeyAnswer answer) {
    lock.lock();
    try {
      if (!open.remove(wait)) {
        return;
      }
    } finally {
      lock.unlock();
    }
    wait.end(answer);
  }

  private RuntimeException known(Throwable failure) {
    return failure instanceof RuntimeException known
        ? known
        : failure("failed: " + failure, failure);
  }

  private PeerFailure failure(String how, @Nullable Throwable cause) {
    return new PeerFailure(
        "The wait for peer " + requests.peer() + " " + how,
        cause,
        true,
        PeerFailure.Health.UNKNOWN);
  }
}
