package io.groupcache.internal.change;

import io.groupcache.PeerPicker;
import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.PeerProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The other peers, and when this one was last in contact with one that had missed nothing. Safe for
 * use from many threads.
 */
final class Contacts {

  /** A peer without contact for so long may have missed changes that are taken for complete. */
  static final long MOST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int MOST_CONTACTS = 1_000;

  private final PeerPicker picker;
  private final LongSupplier nanos;
  private final LongSupplier wallMillis;
  private final Map<String, Map<Long, Long>> known = new ConcurrentHashMap<>();
  private final Map<String, Incarnation> processes = new ConcurrentHashMap<>();
  private final Set<String> stampsHeard = ConcurrentHashMap.newKeySet();
  private final Set<String> left = ConcurrentHashMap.newKeySet();
  private final Set<String> mute = ConcurrentHashMap.newKeySet();
  private final Set<String> away = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Map<String, ProtoGetter> members = Map.of(); // changed under the lock

  /** Who may take itself for in touch without being on this ring; guarded by the lock. */
  private final Map<String, Contact> recent = new HashMap<>();

  private volatile Moment last;
  private volatile Moment lastTick;
  private volatile boolean alone;

  /** Whether there are peers on the ring, none of which has been asked yet. */
  private volatile boolean isStranger;

  Contacts(PeerPicker picker, LongSupplier nanos, LongSupplier wallMillis) {
    this.picker = picker;
    this.nanos = nanos;
    this.wallMillis = wallMillis;
    this.last = now();
    this.lastTick = last;
  }

  /** What the clocks say. */
  Moment now() {
    return new Moment(nanos.getAsLong(), wallMillis.getAsLong());
  }

  /** The ways to the other peers on the ring, by base URL. */
  Map<String, ProtoGetter> members() {
    Map<String, ProtoGetter> now = picker.others().orElse(Map.of());
    if (now.equals(members)) { // so it is before each answer to a peer
      return members;
    }
    lock.lock();
    try {
      if (!now.equals(members)) {
        long at = nanos.getAsLong();
        members.forEach((url, way) -> recent.put(url, new Contact(way, at)));
        if (members.isEmpty()) {
          beStranger(); // it has heard of no change that was made on that ring
        }
        members = Map.copyOf(now);
        Set<String> toKeep = new HashSet<>(now.keySet());
        toKeep.addAll(recent.keySet());
        List.of(known.keySet(), processes.keySet(), stampsHeard, left, mute, away)
            .forEach(each -> each.retainAll(toKeep));
      }
      return members;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Those who have to hear of a change: all on the ring, and those who left it, or were in contact
   * with this peer, a moment ago.
   */
  Map<String, ProtoGetter> toTell() {
    Map<String, ProtoGetter> all = new LinkedHashMap<>(members());
    lock.lock();
    try {
      long now = nanos.getAsLong();
      recent.values().removeIf(each -> now - each.at >= MOST_SILENCE_NANOS);
      recent.forEach((url, each) -> {
        if (!left.contains(url)) {
          all.putIfAbsent(url, each.way);
        }
      });
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** The way to a peer that another one names; empty where it is this one, or can't be. */
  Optional<ProtoGetter> way(String url) {
    ProtoGetter known = members().get(url);
    return known != null
        ? Optional.of(known)
        : picker.self().equals(Optional.of(url)) ? Optional.empty() : picker.way(url);
  }

  /** A peer that has been in contact with this one may go on for a while without hearing more. */
  void mayBeInTouch(String url) {
    if (!url.isEmpty() && !members().containsKey(url)) {
      way(url)
          .ifPresent(way -> {
            lock.lock();
            try {
              if (recent.size() < MOST_CONTACTS || recent.containsKey(url)) {
                recent.put(url, new Contact(way, nanos.getAsLong()));
              }
            } finally {
              lock.unlock();
            }
          });
    }
  }

  /**
   * Names those who have to hear of a change and may not have heard of it from one who is telling
   * it: all of them, where the ring of that one is another, and else those who are not on the ring,
   * and those who were started a moment ago, after what was there before may have heard of it.
   *
   * @param momentNanos how long ago that is at most
   */
  List<PeerProcess> named(boolean sameRing, long momentNanos) {
    List<PeerProcess> named = new ArrayList<>();
    long now = nanos.getAsLong();
    Set<String> ring = members().keySet();
    for (String url : toTell().keySet()) {
      Incarnation there = processes.get(url);
      boolean isNew = there != null && now - there.since < momentNanos;
      if (!sameRing || isNew || !ring.contains(url)) {
        named.add(
            PeerProcess.newBuilder()
                .setUrl(url)
                .setProcess(there == null ? 0 : there.process)
                .build());
      }
    }
    return named;
  }

  private boolean isToTell(String url) {
    return members().containsKey(url) || toTell().containsKey(url);
  }

  /** A peer has said something. */
  void heard(Exchange said) {
    String url = said.getUrl();
    if (url.isEmpty()) {
      return;
    }
    mute.remove(url); // it may have been replaced by another program
    lock.lock();
    try {
      if (!isToTell(url)) {
        left.remove(url);
        return;
      }
      Incarnation there = process(url, said.getProcess());
      if (!said.getGoodbye()) {
        left.remove(url);
      } else if (there.process == said.getProcess()) {
        left.add(url);
      } // else it was of one that has ended since, and under way for long
      if (said.hasStamp()) {
        stampsHeard.add(url);
      }
      if (said.getPulse()) {
        known.put(url, ChangeLog.numbers(said.getKnownList()));
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * That process is at a URL.
   *
   * @param process its id; 0 where that is not known
   */
  void noteProcess(String url, long process) {
    lock.lock();
    try {
      if (isToTell(url)) {
        process(url, process);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Which one is there, where that one has just been heard of. */
  private Incarnation process(String url, long process) {
    long now = nanos.getAsLong();
    Incarnation there = processes.get(url);
    boolean isOld =
        there != null && there.before == process && now - there.since < MOST_SILENCE_NANOS;
    if (there == null || (there.process != process && !isOld)) {
      there = new Incarnation(process, there == null ? 0 : there.process, now);
      processes.put(url, there);
    }
    return there;
  }

  /** A peer has said that it knows changes of some authors up to these numbers. */
  void knows(String url, Map<Long, Long> numbers) {
    if (members().containsKey(url)) {
      known.merge(url, numbers, Contacts::merged);
    }
  }

  private static Map<Long, Long> merged(Map<Long, Long> before, Map<Long, Long> now) {
    Map<Long, Long> all = new HashMap<>(before);
    now.forEach((author, number) -> all.merge(author, number, Math::max));
    return all;
  }

  /**
   * By then this peer had missed nothing that a peer knew which had missed nothing itself.
   *
   * @param asked when that was asked: the answer may have been under way for as long as you like
   */
  void inContact(Moment asked) {
    if (asked.nanos - last.nanos > 0) {
      last = asked;
    }
    alone = false;
    isStranger = false;
  }

  /**
   * A message says that this peer has missed nothing. It may have been sent before this process
   * stood still, so that it is no contact where that is possible.
   */
  void isTold() {
    if (!isOutOfTouch()) {
      inContact(now());
    }
  }

  /** This peer has yet to ask those on the ring what it has missed. */
  void beStranger() {
    isStranger = true;
  }

  /** Nobody who has missed nothing can be reached: this peer goes on by itself. */
  void goOnAlone() {
    ticked(now()); // or it would be out of touch still, until its thread comes round
    alone = true;
    isStranger = false;
  }

  /** This process has run by then. */
  void ticked(Moment at) {
    lastTick = at;
  }

  /** How long this process has not run, in nanoseconds. */
  long standstill() {
    return now().since(lastTick);
  }

  /** How long this peer has been without contact, in nanoseconds. */
  long silence() {
    return now().since(last);
  }

  /** Whether the whole machine has stood still for so long that times have not gone on. */
  boolean wasSuspended() {
    return now().suspendedSince(last) >= MOST_SILENCE_NANOS;
  }

  /** Whether it may have missed something. */
  boolean isOutOfTouch() {
    if (members().isEmpty()) {
      return false;
    }
    // Alone it can't be told, and has to have run to notice that others are back.
    return isStranger || (alone ? standstill() : silence()) >= MOST_SILENCE_NANOS;
  }

  /** Whether all others have said goodbye. */
  boolean haveAllLeft() {
    return left.containsAll(members().keySet());
  }

  /** Whether that peer has said goodbye, and nothing else since. */
  boolean hasLeft(String url) {
    return left.contains(url);
  }

  /** That peer could not be reached. */
  void markAway(String url) {
    away.add(url);
  }

  /** That peer could be reached; whether it could not before. */
  boolean markBack(String url) {
    mute.remove(url);
    return away.remove(url);
  }

  /** Whether that peer could not be reached last time. */
  boolean isAway(String url) {
    return away.contains(url);
  }

  /** That peer takes no messages of this kind. */
  void markMute(String url) {
    mute.add(url);
  }

  /** Whether that peer takes no messages of this kind, as far as is known. */
  boolean isMute(String url) {
    return mute.contains(url);
  }

  /** Up to which number a peer is known to know whose changes. */
  Map<Long, Long> knownTo(String url) {
    return known.getOrDefault(url, Map.of());
  }

  /** Whether all others on the ring have said which stamps they have seen. */
  boolean haveAllSaidTheirStamps() {
    return stampsHeard.containsAll(members().keySet());
  }

  private record Contact(ProtoGetter way, long at) {}

  /**
   * Which process is at a URL.
   *
   * @param before which one was there before; 0 where that is not known
   * @param since when the process was first heard of
   */
  private record Incarnation(long process, long before, long since) {}

  /** A time by both clocks: one stands still with the machine, and the other may be put. */
  record Moment(long nanos, long wallMillis) {

    /** How long ago an earlier one was, by the clock that has moved further. */
    private long since(Moment earlier) {
      return Math.max(nanos - earlier.nanos, wallNanosSince(earlier));
    }

    private long suspendedSince(Moment earlier) {
      return wallNanosSince(earlier) - (nanos - earlier.nanos);
    }

    private long wallNanosSince(Moment earlier) {
      return TimeUnit.MILLISECONDS.toNanos(wallMillis - earlier.wallMillis);
    }
  }
}
