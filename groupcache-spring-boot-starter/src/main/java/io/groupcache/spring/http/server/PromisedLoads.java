package io.groupcache.spring.http.server;

import io.groupcache.spring.http.server.PromisedLoad.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The loads that other peers were told of, by id. An outcome that nobody fetches is forgotten after
 * a while, and before that when the values of all take too much memory; whoever asks for it later
 * asks for the key anew. Safe for use from many threads.
 */
final class PromisedLoads {

  /** How long a load is remembered that nobody asks for. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long POLL_MILLIS = 10;

  private static final long MAX_BYTES = 64L << 20;

  private final AnswerThreads threads;
  private final AtomicBoolean tidying = new AtomicBoolean();
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, PromisedLoad> loads = new ConcurrentHashMap<>();
  private final Deque<PromisedLoad> landed = new ArrayDeque<>(); // guarded by itself
  private long landedBytes; // guarded by landed

  /** Makes one that knows of no load. */
  PromisedLoads(AnswerThreads threads) {
    this.threads = threads;
  }

  /** Makes a load that has yet to begin. */
  PromisedLoad add(String group, String key, List<String> ancestors) {
    PromisedLoad load = new PromisedLoad(ids.incrementAndGet(), group, key, ancestors);
    loads.put(load.id(), load);
    tidyLater();
    return load;
  }

  /** The load of that id; null when nobody knows it (any more). */
  @Nullable PromisedLoad find(long id) {
    return loads.get(id);
  }

  /** Ends a load, whose outcome is kept for those who wait. */
  void land(PromisedLoad load, Outcome outcome) {
    if (!load.land(outcome)) {
      return;
    }
    synchronized (landed) {
      if (loads.containsKey(load.id())) { // else it has been fetched
        landed.add(load);
        landedBytes += bytes(load);
        while (landedBytes > MAX_BYTES && landed.size() > 1) {
          forget(landed.remove());
        }
      }
    }
  }

  /** Forgets a load whose outcome has been fetched, or that nobody will ask for. */
  void remove(PromisedLoad load) {
    synchronized (landed) {
      if (landed.remove(load)) {
        forget(load);
      } else {
        loads.remove(load.id());
      }
    }
  }

  /** Waits until the loads that are known now are fetched or forgotten, so long at most. */
  void awaitThoseOfNow(Duration atMost) {
    Set<Long> known = Set.copyOf(loads.keySet());
    long start = System.nanoTime();
    try {
      while (!Collections.disjoint(known, loads.keySet())
          && System.nanoTime() - start < atMost.toNanos()) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tidyLater() {
    if (!loads.isEmpty() && tidying.compareAndSet(false, true)) {
      threads.schedule(this::removeUnwanted, PATIENCE_NANOS);
    }
  }

  /** Forgets what nobody has asked for in a while. */
  private void removeUnwanted() {
    tidying.set(false);
    tidyLater();
    for (PromisedLoad load : loads.values()) {
      if (load.unwantedNanos() > PATIENCE_NANOS) {
        remove(load);
      }
    }
  }

  private void forget(PromisedLoad load) {
    loads.remove(load.id());
    landedBytes -= bytes(load);
  }

  private static long bytes(PromisedLoad load) {
    return load.outcome() instanceof Outcome.Value value ? value.result().value().length() : 0;
  }
}
