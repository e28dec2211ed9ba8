package io.groupcache.internal.change;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Which peers have yet to say that they know some changes. Safe for use from many threads. */
final class Acknowledgements {

  private enum State {
    ASKED,
    FAILED,
    DONE
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();
  private final Map<String, State> peers = new TreeMap<>(); // guarded by the lock
  private final long deadline;
  private volatile boolean awaited = true;

  /** Makes one for a caller that waits so long from now. */
  Acknowledgements(long timeoutNanos) {
    this.deadline = System.nanoTime() + timeoutNanos;
  }

  /** Waits for one more peer; false when it does already. */
  boolean expect(String peer) {
    lock.lock();
    try {
      return awaited && peers.putIfAbsent(peer, State.ASKED) == null;
    } finally {
      lock.unlock();
    }
  }

  /** A peer knows the changes. */
  void done(String peer) {
    settle(peer, State.DONE);
  }

  /** A peer could not be told. */
  void failed(String peer) {
    settle(peer, State.FAILED);
  }

  /** Whether anybody waits for it still. */
  boolean isAwaited() {
    return awaited && nanosLeft() > 0;
  }

  long nanosLeft() {
    return deadline - System.nanoTime();
  }

  /**
   * Waits until all is known, for as long as there is time.
   *
   * @return the peers that have not said that they know
   */
  List<String> await() {
    boolean interrupted = false;
    lock.lock();
    try {
      while (peers.containsValue(State.ASKED) && nanosLeft() > 0 && !interrupted) {
        try {
          settled.awaitNanos(nanosLeft());
        } catch (InterruptedException e) {
          interrupted = true; // a change is not undone: what is known by now is the answer
        }
      }
      awaited = false;
      return peers.entrySet().stream()
          .filter(each -> each.getValue() != State.DONE)
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void settle(String peer, State state) {
    lock.lock();
    try {
      peers.put(peer, state);
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "waits for " + TimeUnit.NANOSECONDS.toMillis(nanosLeft()) + " ms";
  }
}
