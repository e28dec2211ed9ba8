package io.groupcache.internal.change;

import io.groupcache.PeerPicker;
import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.KnownChanges;
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
import org.jspecify.annotations.Nullable;

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
  private final Map<String, Exchange> heard = new ConcurrentHashMap<>();
  private final Map<String, Incarnation> processes = new ConcurrentHashMap<>();
  private final Set<String> left = ConcurrentHashMap.newKeySet();
  private final Set<String> mute = ConcurrentHashMap.newKeySet();
  private final Set<String> away = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private Map<String, ProtoGetter> members = Map.of(); // guarded by the lock

  /** Who may take itself for in touch without being on this ring; guarded by the lock. */
  private final Map<String, Contact> recent = new HashMap<>();

  private volatile long lastNanos;
  private volatile long lastWallMillis;
  private volatile long lastTickNanos;
  private volatile long lastTickWallMillis;
  private volatile boolean alone;

  Contacts(PeerPicker picker, LongSupplier nanos, LongSupplier wallMillis) {
    this.picker = picker;
    this.nanos = nanos;
    this.wallMillis = wallMillis;
    ticked();
    inContact();
  }

  /** The ways to the other peers on the ring, by base URL. */
  Map<String, ProtoGetter> members() {
    Map<String, ProtoGetter> now = picker.others().orElse(Map.of());
    lock.lock();
    try {
      if (!now.equals(members)) {
        long at = nanos.getAsLong();
        members.forEach((url, way) -> recent.put(url, new Contact(way, at)));
        members = Map.copyOf(now);
        Set<String> known = new HashSet<>(now.keySet());
        known.addAll(recent.keySet());
        List.of(heard.keySet(), processes.keySet(), left, mute, away)
            .forEach(each -> each.retainAll(known));
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
    if (!said.getGoodbye()) {
      left.remove(url);
    } else if (isToTell(url)) {
      left.add(url);
    }
    if (isToTell(url)) {
      processes.compute(
          url,
          (name, known) ->
              known != null && known.process == said.getProcess()
                  ? known
                  : new Incarnation(said.getProcess(), nanos.getAsLong()));
    }
    if (said.getPulse() && members().containsKey(url)) {
      heard.put(url, said.toBuilder().clearChange().clearPeer().build());
    }
  }

  /** This peer has missed nothing that a peer knows which has missed nothing itself. */
  void inContact() {
    inContact(now());
  }

  /** The same as of the moment when they began to talk. */
  void inContact(Moment began) {
    lastNanos = began.nanos;
    lastWallMillis = began.wallMillis;
    alone = false;
  }

  /** This moment, by both clocks. */
  Moment now() {
    return new Moment(nanos.getAsLong(), wallMillis.getAsLong());
  }

  /** A moment, by the monotonic and by the wall clock. */
  record Moment(long nanos, long wallMillis) {}

  /** Nobody who has missed nothing can be reached: this peer goes on by itself. */
  void goOnAlone() {
    ticked(); // or it would be out of touch still, until its thread comes round
    alone = true;
  }

  /** This process runs. */
  void ticked() {
    lastTickNanos = nanos.getAsLong();
    lastTickWallMillis = wallMillis.getAsLong();
  }

  /** How long this peer has been without contact, in nanoseconds. */
  long silence() {
    return Math.max(
        nanos.getAsLong() - lastNanos, nanosOf(wallMillis.getAsLong() - lastWallMillis));
  }

  /** Whether the whole machine has stood still for so long that times have not gone on. */
  boolean wasSuspended() {
    return nanosOf(wallMillis.getAsLong() - lastWallMillis) - (nanos.getAsLong() - lastNanos)
        >= MOST_SILENCE_NANOS;
  }

  /** Whether it may have missed something. */
  boolean isOutOfTouch() {
    return (alone ? standstill() : silence()) >= MOST_SILENCE_NANOS && !members().isEmpty();
  }

  /** How long this process has not run, in nanoseconds. */
  long standstill() {
    return Math.max(
        nanos.getAsLong() - lastTickNanos, nanosOf(wallMillis.getAsLong() - lastTickWallMillis));
  }

  private static long nanosOf(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
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
  void isAway(String url) {
    away.add(url);
  }

  /** That peer could be reached; whether it could not before. */
  boolean isBack(String url) {
    mute.remove(url);
    return away.remove(url);
  }

  /** That peer takes no messages of this kind. */
  void isMute(String url) {
    mute.add(url);
  }

  /** Whether that peer takes no messages of this kind, as far as is known. */
  boolean wasMute(String url) {
    return mute.contains(url);
  }

  /** What a peer was last heard to know; empty where nothing was heard. */
  List<KnownChanges> knownTo(String url) {
    @Nullable Exchange last = heard.get(url);
    return last == null ? List.of() : last.getKnownList();
  }

  /** What was last heard of the peers on the ring. */
  List<Exchange> all() {
    return new ArrayList<>(heard.values());
  }

  private record Contact(ProtoGetter way, long at) {}

  /** Which process is at a URL, and since when that is known. */
  private record Incarnation(long process, long since) {}
}
