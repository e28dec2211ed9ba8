package io.groupcache.internal.change;

import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.Exchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells one peer of changes: one message at a time, with all changes that have come together
 * meanwhile. Safe for use from many threads.
 */
final class Telling {

  private static final int MAX_BYTES = 1 << 18;

  private final String peer;
  private final ProtoGetter way;
  private final Executor executor;
  private final Changes changes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Item> queue = new ArrayDeque<>(); // guarded by the lock
  private boolean busy; // guarded by the lock

  Telling(String peer, ProtoGetter way, Executor executor, Changes changes) {
    this.peer = peer;
    this.way = way;
    this.executor = executor;
    this.changes = changes;
  }

  /** Whether it goes that way. */
  boolean goesBy(ProtoGetter other) {
    return way.equals(other);
  }

  /** Tells the peer, in another thread, and says so to {@code acknowledgements}. */
  void tell(List<Change> told, Acknowledgements acknowledgements) {
    lock.lock();
    try {
      queue.add(new Item(told, acknowledgements));
      if (busy) {
        return;
      }
      busy = true;
    } finally {
      lock.unlock();
    }
    try {
      executor.execute(this::run);
    } catch (RuntimeException | Error refused) {
      for (List<Item> batch = next(); !batch.isEmpty(); batch = next()) {
        batch.forEach(item -> item.acknowledgements.failed(peer));
      }
    }
  }

  private void add(Item item) {
    lock.lock();
    try {
      queue.add(item);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (List<Item> batch = next(); !batch.isEmpty(); batch = next()) {
      try {
        Exchange answer = send(batch);
        for (Item item : batch) {
          if (answer == null) {
            item.acknowledgements.failed(peer);
          } else if (!item.acknowledgements.done(peer, answer.getProcess())) {
            add(item); // the process has ended that was told
          }
        }
      } catch (Throwable failure) { // an Error too must not leave the next changes waiting
        batch.forEach(item -> item.acknowledgements.failed(peer));
      }
    }
  }

  /** The answer; null where the peer can't be told. */
  private @Nullable Exchange send(List<Item> batch) {
    long nanos = 0;
    Exchange.Builder message = changes.message();
    for (Item item : batch) {
      nanos = Math.max(nanos, item.acknowledgements.nanosLeft());
      message.addAllChange(item.told);
    }
    Optional<Exchange> answer;
    try {
      answer = way.exchange(message.build(), Duration.ofNanos(nanos));
    } catch (RuntimeException | Error unreachable) { // an Error too must not end the telling
      // It stays pending, and hears of it with a pulse; one that has left holds nothing any more.
      return changes.contacts().hasLeft(peer) ? Exchange.getDefaultInstance() : null;
    }
    if (answer.isEmpty()) {
      changes.contacts().markMute(peer);
      return null;
    }
    if (!changes.heard(peer, answer.get())) {
      return null;
    }
    batch.forEach(item -> changes.tellThoseWhoLack(answer.get(), item.told, item.acknowledgements));
    return answer.get();
  }

  /** What fits into a message, of what somebody waits for; empty when there is nothing to do. */
  private List<Item> next() {
    List<Item> batch = new ArrayList<>();
    lock.lock();
    try {
      int bytes = 0;
      while (!queue.isEmpty()) {
        Item item = queue.peek();
        if (!item.acknowledgements.isAwaited()) {
          queue.remove();
          continue;
        }
        bytes += item.told.stream().mapToInt(Change::getSerializedSize).sum();
        if (bytes > MAX_BYTES && !batch.isEmpty()) {
          break;
        }
        batch.add(queue.remove());
      }
      busy = !batch.isEmpty();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private record Item(List<Change> told, Acknowledgements acknowledgements) {}
}
