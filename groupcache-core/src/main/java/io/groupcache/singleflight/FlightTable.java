package io.groupcache.singleflight;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The flights that are under way, by their keys. Safe for use from many threads, none of which
 * waits: a slot has a list that never changes, and is given another, so that a flight comes and
 * goes for two atomic operations.
 */
final class FlightTable<K, V> {

  private static final int SLOTS_LOG2 = 11;

  private final AtomicReferenceArray<@Nullable Link<K, V>> slots =
      new AtomicReferenceArray<>(1 << SLOTS_LOG2);

  FlightTable() {
    // The first use of the array's handles, here: see Flight.
    slots.compareAndSet(0, slots.get(0), null);
  }

  @Nullable Flight<K, V> get(K key) {
    return find(slots.get(slot(key)), key);
  }

  /** Adds a flight, unless there is one of its key, which is given. */
  @Nullable Flight<K, V> putIfAbsent(Flight<K, V> flight) {
    int slot = slot(flight.key());
    while (true) {
      Link<K, V> first = slots.get(slot);
      Flight<K, V> theirs = find(first, flight.key());
      if (theirs != null || slots.compareAndSet(slot, first, new Link<>(flight, first))) {
        return theirs;
      }
    }
  }

  /** Has a flight take the place of another of its key; false when that is not there any more. */
  boolean replace(Flight<K, V> old, Flight<K, V> flight) {
    return exchange(old, flight);
  }

  /** Takes out a flight, if it is there. */
  void remove(Flight<K, V> flight) {
    exchange(flight, null);
  }

  private boolean exchange(Flight<K, V> old, @Nullable Flight<K, V> flight) {
    int slot = slot(old.key());
    while (true) {
      Link<K, V> first = slots.get(slot);
      Link<K, V> there = first;
      Link<K, V> others = null;
      while (there != null && !there.flight.equals(old)) {
        others = new Link<>(there.flight, others);
        there = there.next;
      }
      if (there == null) {
        return false;
      }
      Link<K, V> rest = there.next;
      for (Link<K, V> link = others; link != null; link = link.next) {
        rest = new Link<>(link.flight, rest);
      }
      Link<K, V> changed = flight == null ? rest : new Link<>(flight, rest);
      if (slots.compareAndSet(slot, first, changed)) {
        return true;
      }
    }
  }

  private static <K, V> @Nullable Flight<K, V> find(@Nullable Link<K, V> first, K key) {
    for (Link<K, V> link = first; link != null; link = link.next) {
      if (link.flight.key().equals(key)) {
        return link.flight;
      }
    }
    return null;
  }

  private static int slot(Object key) {
    return (key.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - SLOTS_LOG2);
  }

  private static final class Link<K, V> {
    final Flight<K, V> flight;
    final @Nullable Link<K, V> next;

    Link(Flight<K, V> flight, @Nullable Link<K, V> next) {
      this.flight = flight;
      this.next = next;
    }
  }
}
