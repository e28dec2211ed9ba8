package io.groupcache.internal.change;

import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.Exchange;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * About every second, has this peer and another one tell each other which changes they know; and
 * notices when this peer has been out of touch, in which case it asks all others what it has missed
 * before it goes on. Safe for use from many threads.
 */
final class Pulse {

  /** So soon it is noticed that this process has been asleep. */
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long it takes at most to ask the others. */
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int MAX_AT_A_TIME = 8;

  /** Two peers that go on changing values are never even. */
  private static final int MAX_MESSAGES = 50;

  /** How many peers are tried, one after another, where they can't be reached. */
  private static final int MAX_TRIES = 3;

  private final Changes changes;
  private final Contacts contacts;
  private final Executor executor;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean pulsing = new AtomicBoolean();

  /** Of those who wait until this peer has asked the others; null while it is in touch. */
  private final AtomicReference<@Nullable CountDownLatch> asking = new AtomicReference<>();

  private final ReentrantLock firstChange = new ReentrantLock();

  private volatile boolean knowsStamps; // changed under the lock
  private volatile boolean joined;
  private volatile boolean left;
  private volatile boolean closed;
  private volatile @Nullable Thread thread;
  private long nextPulse = System.nanoTime(); // by the thread only
  private long nextSweep = System.nanoTime(); // by the thread only

  Pulse(Changes changes, Contacts contacts, Executor executor) {
    this.changes = changes;
    this.contacts = contacts;
    this.executor = executor;
    this.joined = contacts.members().isEmpty();
  }

  /** Begins, unless it has begun. */
  void begin() {
    if (begun.compareAndSet(false, true)) {
      WeakReference<Pulse> itself = new WeakReference<>(this); // who forgets it need not close it
      Thread ticker = new Thread(null, () -> tick(itself), "groupcache-pulse", 0, false);
      ticker.setDaemon(true);
      thread = ticker;
      ticker.start();
    }
  }

  /**
   * Before the first change of this process, asks the others for their stamps, unless it has heard
   * from them: those of changes that were made before its start may be ahead of its clock, and
   * would be taken for later ones.
   */
  void askBeforeFirstChange(long atMostNanos) {
    if (knowsStamps) {
      return;
    }
    firstChange.lock(); // who changes something at the same time must not go on sooner
    try {
      if (!knowsStamps && !contacts.haveAllSaidTheirStamps()) {
        changes.beginToChange();
        ask(contacts.members(), Math.min(ROUND_NANOS, atMostNanos));
      }
      knowsStamps = !Thread.currentThread().isInterrupted(); // else nobody may have answered
    } finally {
      firstChange.unlock();
    }
  }

  /** Whether this peer has taken what the others know, so that it may keep what it loads. */
  boolean isJoined() {
    return joined;
  }

  /** Whether this peer has missed nothing, as far as it knows. */
  boolean isAwake() {
    return joined && asking.get() == null && !contacts.isOutOfTouch();
  }

  boolean hasLeft() {
    return left;
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /** Says goodbye to the others. */
  void leave() {
    if (!left) {
      left = true;
      if (!contacts.members().isEmpty()) {
        ask(contacts.members(), ROUND_NANOS);
      }
    }
  }

  /** Takes part again, once it has asked what it has missed and said so to the others. */
  void join() {
    if (left) {
      left = false;
      contacts.beStranger();
    }
  }

  /** Waits until this peer is in touch again, or has found that it can't be. */
  void awaitTouch() {
    if (asking.get() == null && joined && !contacts.isOutOfTouch()) {
      return;
    }
    catchUp();
    CountDownLatch done = asking.get();
    if (done != null) {
      try {
        done.await(2 * ROUND_NANOS, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void tick(WeakReference<Pulse> reference) {
    while (true) {
      Pulse pulse = reference.get();
      if (pulse == null || pulse.closed) {
        return;
      }
      long pause = TICK_NANOS;
      try {
        pulse.tick();
      } catch (RuntimeException
          | Error ofPicker) { // or for want of memory: it goes on all the same
        pause = INTERVAL_NANOS;
      }
      pulse = null;
      LockSupport.parkNanos(pause);
    }
  }

  private void tick() {
    long now = System.nanoTime();
    Contacts.Moment began = contacts.now();
    if (contacts.members().isEmpty()) {
      if (!joined) {
        goOn();
      }
    } else if (!joined || contacts.isOutOfTouch()) {
      catchUp();
    } else if (now - nextPulse >= 0 && pulsing.compareAndSet(false, true)) {
      nextPulse = now + ThreadLocalRandom.current().nextLong(INTERVAL_NANOS / 2, INTERVAL_NANOS);
      if (!inBackground(this::pulseOnce)) {
        pulsing.set(false);
      }
    }
    contacts.ticked(began);
    if (now - nextSweep >= 0) {
      changes.groups().forEach(Changeable::sweep);
      // A hundredth of the time at most, however much there is to look through.
      nextSweep = now + Math.max(INTERVAL_NANOS, 100 * (System.nanoTime() - now));
    }
  }

  private void pulseOnce() {
    try {
      List<Map.Entry<String, ProtoGetter>> others = new ArrayList<>(contacts.members().entrySet());
      Collections.shuffle(others, ThreadLocalRandom.current());
      int tries = 0;
      for (Map.Entry<String, ProtoGetter> other : others) {
        if (contacts.isMute(other.getKey()) && ThreadLocalRandom.current().nextInt(60) != 0) {
          continue;
        }
        if (exchange(other.getKey(), other.getValue(), System.nanoTime() + ROUND_NANOS)
            || ++tries == MAX_TRIES) {
          return;
        }
      }
    } finally {
      pulsing.set(false);
    }
  }

  /** Has this peer ask the others, unless it does so already. */
  private void catchUp() {
    CountDownLatch done = new CountDownLatch(1);
    if (!asking.compareAndSet(null, done)) {
      return;
    }
    if (joined && !contacts.isOutOfTouch()) { // it has done so just now
      asking.set(null);
      done.countDown();
      return;
    }
    changes.groups().forEach(group -> group.hide(true));
    if (!inBackground(this::askAndGoOn)) {
      goOnAlone();
    }
  }

  private void askAndGoOn() {
    boolean inTouch = false;
    try {
      if (contacts.silence() >= ChangeLog.RETENTION_NANOS) {
        changes.forget(List.of()); // what it has missed has left the others' logs
      } else if (contacts.wasSuspended()) {
        forgetWhatMayChange(); // whose times have not gone on
      }
      inTouch = ask(contacts.members(), ROUND_NANOS);
    } finally { // whatever a picker throws: gets wait
      if (inTouch) {
        goOn();
      } else {
        goOnAlone();
      }
    }
  }

  private void goOnAlone() {
    try {
      if (joined && !contacts.haveAllLeft()) {
        forgetWhatMayChange();
      }
      contacts.goOnAlone();
    } finally {
      goOn();
    }
  }

  private void forgetWhatMayChange() {
    changes.groups().stream().filter(Changeable::mayChange).forEach(Changeable::changeAll);
  }

  private void goOn() {
    joined = true;
    changes
        .groups()
        .forEach(group -> {
          group.keep(true);
          group.hide(false);
        });
    CountDownLatch done = asking.getAndSet(null);
    if (done != null) {
      done.countDown();
    }
  }

  /**
   * Exchanges with all of them, some at a time; whether one of them has missed nothing, so that
   * this peer has missed nothing now either.
   */
  private boolean ask(Map<String, ProtoGetter> others, long atMostNanos) {
    long deadline = System.nanoTime() + atMostNanos;
    Queue<Map.Entry<String, ProtoGetter>> queue = new ConcurrentLinkedQueue<>(others.entrySet());
    CountDownLatch open = new CountDownLatch(queue.size());
    AtomicBoolean inTouch = new AtomicBoolean();
    Runnable some =
        () -> {
          for (var other = queue.poll(); other != null; other = queue.poll()) {
            try {
              if (exchange(other.getKey(), other.getValue(), deadline)) {
                inTouch.set(true);
              }
            } finally {
              open.countDown();
            }
          }
        };
    for (int i = 0; i < Math.min(MAX_AT_A_TIME, others.size()); i++) {
      inBackground(some);
    }
    try {
      if (!open.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        queue.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return inTouch.get();
  }

  /**
   * Tells a peer all that it lacks, and takes all that this one lacks.
   *
   * @return whether this peer has missed nothing now that anybody knows who has missed nothing
   */
  private boolean exchange(String url, ProtoGetter way, long deadline) {
    Exchange heard = null;
    for (int i = 0; i < MAX_MESSAGES; i++) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      Contacts.Moment asked = contacts.now();
      Exchange pulse = changes.pulse(heard);
      Optional<Exchange> answer;
      try {
        answer = way.exchange(pulse, Duration.ofNanos(left));
        if (answer.isEmpty()) {
          contacts.markMute(url);
          return false;
        }
        if (contacts.markBack(url)) {
          changes.groups().stream()
              .filter(Changeable::mayChange)
              .forEach(group -> group.forgetKeysOf(way));
        }
        heard = answer.get().toBuilder().setUrl(url).build();
        boolean lacksNothing = changes.take(heard);
        boolean isAwake = heard.getPulse() && heard.getAwake();
        if (lacksNothing && isAwake) {
          contacts.inContact(asked);
        }
        if (lacksNothing && changes.hasAll(heard)) {
          return isAwake;
        }
      } catch (RuntimeException unreachable) {
        if (pulse.getStamp() != 0) { // else there is nothing that it has not heard
          contacts.markAway(url);
        }
        return false;
      } finally {
        contacts.mayBeInTouch(url); // also where its answer got lost
      }
    }
    return false;
  }

  private boolean inBackground(Runnable task) {
    try {
      executor.execute(task);
      return true;
    } catch (RuntimeException | Error refused) { // it is closed, or there is no thread to be had
      return false;
    }
  }
}
