package io.groupcache.internal.change;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which peers have yet to say that they know some changes. It is a process that knows: where
 * another one has taken its place since, that has to say so, too. Safe for use from many threads.
 */
final class Acknowledgements {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();
  private final Map<String, Peer> peers = new TreeMap<>(); // guarded by the lock
  private final long deadline;
  private volatile boolean awaited = true;

  /** Makes one for a caller that waits until then, in the time of {@link System#nanoTime}. */
  Acknowledgements(long deadline) {
    this.deadline = deadline;
  }

  /**
   * Waits for a peer.
   *
   * @param process which one was last seen at that URL; 0 where nobody has seen one
   * @return whether the peer has to be told: it has not been, or another process has
   */
  boolean expect(String url, long process) {
    lock.lock();
    try {
      Peer peer = peers.get(url);
      if (!awaited) {
        return false;
      } else if (peer == null) {
        peers.put(url, new Peer());
        return true;
      }
      return peer.isSeen(process);
    } finally {
      lock.unlock();
    }
  }

  /** A process knows the changes; false when another has been seen since, which has to be told. */
  boolean done(String url, long process) {
    lock.lock();
    try {
      Peer peer = peers.computeIfAbsent(url, name -> new Peer());
      boolean done = peer.isDone(process);
      settled.signalAll();
      return done;
    } finally {
      lock.unlock();
    }
  }

  /** A peer could not be told. */
  void failed(String url) {
    lock.lock();
    try {
      peers.computeIfAbsent(url, name -> new Peer()).state = State.FAILED;
      settled.signalAll();
    } finally {
      lock.unlock();
    }
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
      while (isOpen() && nanosLeft() > 0 && !interrupted) {
        try {
          settled.awaitNanos(nanosLeft());
        } catch (InterruptedException e) {
          interrupted = true; // a change is not undone: what is known by now is the answer
        }
      }
      awaited = false;
      return peers.entrySet().stream()
          .filter(each -> each.getValue().state != State.DONE)
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isOpen() {
    return peers.values().stream().anyMatch(peer -> peer.state == State.ASKED);
  }

  private enum State {
    ASKED,
    FAILED,
    DONE
  }

  /** What is known of one peer; guarded by the lock. */
  private static final class Peer {

    State state = State.ASKED;
    private final Set<Long> done = new HashSet<>();
    private final Set<Long> seen = new HashSet<>();
    private boolean toldAgain;

    /** Whether a process has to be told that has been seen. */
    boolean isSeen(long process) {
      if (process == 0 || toldAgain || !seen.add(process) || done.contains(process)) {
        return false;
      }
      if (state != State.DONE) {
        return false; // it is being told
      }
      toldAgain = true;
      state = State.ASKED;
      return true;
    }

    boolean isDone(long process) {
      done.add(process);
      if (!toldAgain && !done.containsAll(seen)) {
        toldAgain = true; // whoever answers then counts
        return false;
      }
      state = State.DONE;
      return true;
    }
  }
}
