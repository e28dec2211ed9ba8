package io.groupcache.internal.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Loads of a group that wait until they may run: so many run at a time, and of the keys of batches,
 * which can be thousands, so many. Those who asked take turns. A load that is begun elsewhere
 * meanwhile, or that nobody waits for when its turn comes, is dropped. Safe for use from many
 * threads.
 */
final class LoadQueue {

  /** How many loads of batches run at a time, however many batches there are. */
  private static final int MAX_BATCHED = 64;

  private final Executor executor;
  private final int maxLoads;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by the lock.
  private final Map<Object, Asker> askers = new HashMap<>();
  private final Deque<Asker> turns = new ArrayDeque<>();
  private int running;
  private int runningBatched;

  /** Makes a queue of which so many loads may run at a time, in threads of {@code executor}. */
  LoadQueue(Executor executor, int maxLoads) {
    this.executor = executor;
    this.maxLoads = maxLoads;
  }

  int maxLoads() {
    return maxLoads;
  }

  /** Whether a single load, too, may have to wait. */
  boolean isLimited() {
    return maxLoads != Integer.MAX_VALUE;
  }

  /** Runs a load as soon as it may. */
  void add(Object asker, Load load) {
    add(new Batch(asker, new ArrayDeque<>(List.of(load)), 1, false));
  }

  /**
   * Runs loads as soon as they may.
   *
   * @param maxConcurrent how many of them may run at a time
   * @param unbounded whether they run beside any number of other batches: those that a running load
   *     waits for must not wait for it
   */
  void addAll(Object asker, List<Load> loads, int maxConcurrent, boolean unbounded) {
    add(new Batch(asker, new ArrayDeque<>(loads), maxConcurrent, !unbounded));
  }

  private void add(Batch batch) {
    lock.lock();
    try {
      enqueue(batch);
    } finally {
      lock.unlock();
    }
    Load next = next(null);
    while (next != null) {
      Load started = next;
      Load refused = null;
      try {
        executor.execute(() -> runFrom(started));
      } catch (Throwable refusal) { // an Error too: no thread could be made, say
        if (putBack(started)) {
          return;
        }
        started.fail(refusal instanceof Error ? refusal : new RejectedExecutionException(refusal));
        refused = started;
      }
      next = next(refused);
    }
  }

  /** Leaves a load that no thread could be had for to the threads that there are, if any. */
  private boolean putBack(Load load) {
    lock.lock();
    try {
      Batch batch = Objects.requireNonNull(load.batch);
      if (running == 1) {
        return false;
      }
      release(load);
      batch.waiting.addFirst(load);
      if (batch.waiting.size() == 1) {
        enqueue(batch);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(Batch batch) {
    Asker asker = askers.get(batch.asker);
    if (asker == null) {
      asker = new Asker(batch.asker);
      askers.put(batch.asker, asker);
      turns.add(asker);
    }
    asker.batches.add(batch);
  }

  private void runFrom(Load first) {
    Load load = first;
    while (load != null) {
      load.run();
      if (Thread.currentThread() != load.creator) {
        Thread.interrupted(); // what one getter leaves behind must not stop the next
      }
      load = next(load);
    }
  }

  /** The next load that may run, now that {@code ended} does not any more. */
  private @Nullable Load next(@Nullable Load ended) {
    List<Load> dropped = new ArrayList<>();
    Load next;
    lock.lock();
    try {
      if (ended != null) {
        release(ended);
      }
      next = take(dropped);
    } finally {
      lock.unlock();
    }
    dropped.forEach(Load::drop);
    return next;
  }

  private void release(Load ended) {
    Batch batch = Objects.requireNonNull(ended.batch);
    running--;
    batch.running--;
    runningBatched -= batch.bounded ? 1 : 0;
  }

  private @Nullable Load take(List<Load> dropped) {
    for (int i = turns.size(); i > 0 && running < maxLoads; i--) {
      Asker asker = turns.remove();
      Load load = asker.take(dropped);
      if (asker.batches.isEmpty()) {
        askers.remove(asker.name);
      } else {
        turns.add(asker);
      }
      if (load != null) {
        running++;
        return load;
      }
    }
    return null;
  }

  /** Whose turn it is: a peer, or one get. */
  private static final class Asker {

    final Object name;
    final Deque<Batch> batches = new ArrayDeque<>();

    Asker(Object name) {
      this.name = name;
    }

    @Nullable Load take(List<Load> dropped) {
      Iterator<Batch> each = batches.iterator();
      while (each.hasNext()) {
        Batch batch = each.next();
        Load load = batch.take(dropped);
        if (batch.waiting.isEmpty()) {
          each.remove();
        }
        if (load != null) {
          return load;
        }
      }
      return null;
    }
  }

  /** Loads that were asked for together. */
  final class Batch {

    final Object asker;
    final Deque<Load> waiting;
    final int maxConcurrent;

    /** Whether it is one of those of which only so many loads run at a time. */
    final boolean bounded;

    int running;

    Batch(Object asker, Deque<Load> waiting, int maxConcurrent, boolean bounded) {
      this.asker = asker;
      this.waiting = waiting;
      this.maxConcurrent = maxConcurrent;
      this.bounded = bounded;
    }

    @Nullable Load take(List<Load> dropped) {
      while (!waiting.isEmpty()
          && running < maxConcurrent
          && !(bounded && runningBatched >= MAX_BATCHED)) {
        Load load = waiting.remove();
        if (load.isWanted()) {
          load.batch = this;
          running++;
          runningBatched += bounded ? 1 : 0;
          return load;
        }
        dropped.add(load);
      }
      return null;
    }
  }
}
