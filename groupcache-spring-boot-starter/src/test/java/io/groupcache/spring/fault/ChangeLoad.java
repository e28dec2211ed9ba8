package io.groupcache.spring.fault;

import io.groupcache.spring.ring.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Threads that change values at their source and then remove them, and threads that read them
 * through all peers. A read is stale that began after its peer knew of a removal, and gives a
 * version from before it.
 */
final class ChangeLoad implements AutoCloseable {

  private static final int READERS_OF_A_PEER = 2;
  private static final int WRITERS = 2;
  private static final int KEYS_AT_ONCE = 5;
  private static final long BREATH = TimeUnit.MILLISECONDS.toNanos(1);

  /** While a peer starts, which needs the processors. */
  private static final long LONG_BREATH = TimeUnit.MILLISECONDS.toNanos(20);

  private static final int REMEMBERED = 20;

  private final Truth truth;
  private final List<ProcessMember> peers;
  private final Map<ProcessMember, AtomicLongArray> known = new ConcurrentHashMap<>();
  private final Set<ProcessMember> writers = ConcurrentHashMap.newKeySet();
  private final Set<ProcessMember> gone = ConcurrentHashMap.newKeySet();
  private final ReentrantLock[] keys = new ReentrantLock[Truth.KEYS];
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder reads = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder changes = new LongAdder();
  private final LongAdder complete = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;

  ChangeLoad(Truth truth, List<ProcessMember> peers) {
    this.truth = truth;
    this.peers = List.copyOf(peers);
    this.writers.addAll(peers);
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new ReentrantLock();
    }
    for (ProcessMember peer : peers) {
      known.put(peer, new AtomicLongArray(Truth.KEYS));
      for (int i = 0; i < READERS_OF_A_PEER; i++) {
        start(() -> read(peer));
      }
    }
    for (int i = 0; i < WRITERS; i++) {
      start(this::write);
    }
  }

  /** Has no more changes made through a peer. */
  void leave(ProcessMember peer) {
    writers.remove(peer);
  }

  /** The peer is about to end: what it does not answer is no failure. */
  void isGone(ProcessMember peer) {
    writers.remove(peer);
    gone.add(peer);
  }

  void join(ProcessMember peer) {
    gone.remove(peer);
    writers.add(peer);
  }

  /** Changes one value through that peer; gives its key. */
  int change(ProcessMember peer) {
    int key = ThreadLocalRandom.current().nextInt(Truth.KEYS);
    change(peer, key);
    return key;
  }

  /** The last of the changes has been made when this returns; reads go on. */
  void endChanges() {
    writers.clear();
    for (ReentrantLock key : keys) {
      key.lock();
      try {
        // Whoever was changing it has done so.
      } finally {
        key.unlock();
      }
    }
  }

  /** Whether a peer gives the last version of each key. */
  boolean isUpToDate(ProcessMember peer) {
    List<Integer> all = IntStream.range(0, Truth.KEYS).boxed().toList();
    List<Long> versions = peer.versions(all);
    return all.stream().allMatch(key -> versions.get(key) == truth.version(key));
  }

  long reads() {
    return reads.sum();
  }

  long failed() {
    return failed.sum();
  }

  long changes() {
    return changes.sum();
  }

  long complete() {
    return complete.sum();
  }

  long stale() {
    return stale.sum();
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    ended = true;
    threads.forEach(LockSupport::unpark);
    for (Thread thread : threads) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(70));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void start(Runnable task) {
    Thread thread = new Thread(task, "changes-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void read(ProcessMember peer) {
    AtomicLongArray least = Objects.requireNonNull(known.get(peer));
    while (!ended) {
      if (gone.contains(peer)) {
        LockSupport.parkNanos(LONG_BREATH);
        continue;
      }
      List<Integer> keys =
          ThreadLocalRandom.current().nextInt(10) == 0
              ? ThreadLocalRandom.current()
                  .ints(0, Truth.KEYS)
                  .distinct()
                  .limit(KEYS_AT_ONCE)
                  .boxed()
                  .toList()
              : List.of(ThreadLocalRandom.current().nextInt(Truth.KEYS));
      long[] before = keys.stream().mapToLong(least::get).toArray();
      List<Long> versions;
      try {
        versions = keys.size() == 1 ? List.of(peer.version(keys.get(0))) : peer.versions(keys);
      } catch (RuntimeException | AssertionError failure) {
        if (!gone.contains(peer)) {
          failed.increment();
          complain("read of " + keys + " through " + peer + ": " + failure);
        }
        continue;
      }
      reads.increment();
      for (int i = 0; i < keys.size(); i++) {
        if (versions.get(i) < before[i]) {
          stale.increment();
          complain(
              "key %d through %s: version %d, after the removal of %d"
                  .formatted(keys.get(i), peer, versions.get(i), before[i]));
        }
      }
      LockSupport.parkNanos(gone.isEmpty() ? BREATH : LONG_BREATH);
    }
  }

  private void write() {
    while (!ended) {
      List<ProcessMember> able = List.copyOf(writers);
      if (!able.isEmpty()) {
        ProcessMember peer = able.get(ThreadLocalRandom.current().nextInt(able.size()));
        try {
          change(peer, ThreadLocalRandom.current().nextInt(Truth.KEYS));
        } catch (RuntimeException | AssertionError failure) {
          if (writers.contains(peer)) {
            failed.increment();
            complain("removal through " + peer + ": " + failure);
          }
        }
      }
      LockSupport.parkNanos(gone.isEmpty() ? BREATH : LONG_BREATH);
    }
  }

  private void change(ProcessMember peer, int key) {
    ReentrantLock lock = keys[key];
    lock.lock();
    try {
      long version = truth.next(key);
      List<String> pending = peer.remove(key);
      changes.increment();
      if (pending.isEmpty()) {
        complete.increment();
      }
      for (ProcessMember each : peers) {
        if (!pending.contains(each.url()) && !gone.contains(each)) {
          Objects.requireNonNull(known.get(each)).accumulateAndGet(key, version, Math::max);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void complain(String what) {
    if (complaints.size() < REMEMBERED) {
      complaints.add(what);
    }
  }
}
