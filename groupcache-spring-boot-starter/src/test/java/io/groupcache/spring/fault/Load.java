package io.groupcache.spring.fault;

import static io.groupcache.spring.ring.PeerApplication.VALUES;
import static org.awaitility.Awaitility.await;

import io.groupcache.spring.ring.Answer;
import io.groupcache.spring.ring.TestGetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that get keys through all targets, some at once, so that they gather, and some with a
 * breath in between.
 */
final class Load implements AutoCloseable {

  /** How many gets are under way at most. */
  static final int THREADS = 8;

  private static final long BREATH = TimeUnit.MILLISECONDS.toNanos(8);

  /** How many gets of a thread come at once, and then with a breath. */
  private static final int BURST = 8;

  private static final int REMEMBERED = 20;

  private final LoadKeys keys;
  private final List<Target> targets;
  private final Map<Target, AtomicInteger> underWay = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final LongAdder gets = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder nearlyLate = new LongAdder();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Get> slowest = new AtomicReference<>(new Get("none", "none", 0));

  /** Begins to get keys that all begin with {@code prefix}. */
  Load(String prefix, List<? extends Target> targets) {
    this.keys = new LoadKeys(prefix);
    this.targets = new CopyOnWriteArrayList<>(targets);
    targets.forEach(target -> underWay.put(target, new AtomicInteger()));
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(this::run, "load-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  List<Target> targets() {
    return List.copyOf(targets);
  }

  /** Gets no more through a target, and returns when no get through it is under way. */
  void leave(Target target) {
    leaveAtOnce(target);
    await().atMost(FaultSettings.DEADLINE).until(() -> underWay(target).get() == 0);
  }

  /** Begins no more gets through a target; those that are under way go on. */
  void leaveAtOnce(Target target) {
    targets.remove(target);
  }

  /** Gets through a target again. */
  void join(Target target) {
    targets.add(target);
  }

  /** Lets the load go on for that long, while the caller waits. */
  void goOn(Duration time) {
    try {
      if (end.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("The load has been stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Gets a key through a target, and counts what comes of it. */
  void get(Target target, String key) {
    gets.increment();
    long start = System.nanoTime();
    try {
      Answer answer = target.get(key);
      if (answer.status() != 200) {
        failed.increment();
        complain(target, key, answer.toString());
      } else if (!answer.text().equals(TestGetter.value(VALUES, key))) {
        wrong.increment();
        complain(target, key, answer.toString());
      }
    } catch (RuntimeException | Error e) { // whatever it is, this get has failed
      failed.increment();
      complain(target, key, e.toString());
    }
    Get get = new Get(target.toString(), key, System.nanoTime() - start);
    if (get.nanos >= FaultSettings.READ_TIMEOUT.toNanos()) {
      late.increment();
    }
    if (get.nanos >= FaultSettings.READ_TIMEOUT.toNanos() * 8 / 10) {
      nearlyLate.increment();
    }
    slowest.accumulateAndGet(get, (a, b) -> a.nanos >= b.nanos ? a : b);
  }

  long gets() {
    return gets.sum();
  }

  long failed() {
    return failed.sum();
  }

  long wrong() {
    return wrong.sum();
  }

  /** Gets that took as long as the read time-out, or longer. */
  long late() {
    return late.sum();
  }

  /** The late ones, and those that came near it: a peer gives up when a tenth is left. */
  long nearlyLate() {
    return nearlyLate.sum();
  }

  Get slowest() {
    return slowest.get();
  }

  /** The first things that went wrong. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Begins no more gets, and waits for those that are under way. */
  @Override
  public void close() {
    end.countDown();
    await()
        .atMost(FaultSettings.DEADLINE.multipliedBy(3))
        .until(() -> threads.stream().noneMatch(Thread::isAlive));
  }

  private void run() {
    for (int i = 0; end.getCount() > 0; i++) {
      List<Target> now = targets();
      Target target = now.get(i % now.size());
      AtomicInteger count = underWay(target);
      count.incrementAndGet();
      try {
        if (targets.contains(target)) {
          get(target, keys.next());
        }
      } finally {
        count.decrementAndGet();
      }
      if (i / BURST % 2 == 0) {
        LockSupport.parkNanos(2 * BREATH);
      }
    }
  }

  private AtomicInteger underWay(Target target) {
    return underWay.computeIfAbsent(target, added -> new AtomicInteger());
  }

  private void complain(Target target, String key, String what) {
    if (complaints.size() < REMEMBERED) {
      complaints.add("'" + key + "' through " + target + ": " + what);
    }
  }

  /** A get that was made. */
  record Get(String target, String key, long nanos) {}
}
