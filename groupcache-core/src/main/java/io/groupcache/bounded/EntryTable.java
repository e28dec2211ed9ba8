package io.groupcache.bounded;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of entries, with one writer at a time, and readers that take no lock.
 *
 * <p>What is in the table is found, whatever the writer does meanwhile. A slot has the entries of a
 * range of hashes, chained in the order of their hashes, so that in a table of twice as many slots
 * each chain is cut in two and no entry moves. A reader that still goes by the smaller table may
 * come to such a cut, and finds out, because there is another table by then.
 */
final class EntryTable<K, V> {

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Entry[].class);
  private static final int FIRST_SLOTS = 16;
  private static final int MAX_SLOTS = 1 << 30;

  /** How many keys of the very same hash there may be: an attacker might know thousands. */
  private static final int MAX_TWINS = 32;

  /** An odd factor that spreads well, as the golden ratio does, and that nobody can guess. */
  private static final int SPREAD = 0x9E000001 | (new SplittableRandom().nextInt() & 0xFFFFFE);

  private volatile Entry<K, V>[] slots = newSlots(FIRST_SLOTS);

  /** Written by the writer only. */
  private final AtomicInteger size = new AtomicInteger();

  EntryTable() {
    // The handle's first uses, here: a call of one whose first use hits the end of the stack never
    // works again.
    chain(null, 0, first(slots, 0));
  }

  static int hash(Object key) {
    return key.hashCode() * SPREAD;
  }

  int size() {
    return size.getAcquire();
  }

  @SuppressWarnings("ReferenceEquality") // the slots are the same ones, or they have grown
  @Nullable Entry<K, V> find(K key, int hash) {
    Entry<K, V>[] current = slots;
    for (Entry<K, V> entry = first(current, hash); entry != null; entry = entry.nextInChain()) {
      // The key's equals, not the entry's: its class is known here, because its hash was asked for.
      if (entry.hash == hash && key.equals(entry.key)) {
        return entry;
      }
    }
    return current == slots ? null : find(key, hash);
  }

  /**
   * Adds an entry whose key is not in the table.
   *
   * @return the entry that must be removed for it, where there are too many of its hash
   */
  @Nullable Entry<K, V> add(Entry<K, V> added) {
    if (size.getPlain() >= slots.length / 4 * 3 && slots.length < MAX_SLOTS) {
      grow(); // before anything is changed: there may be no memory for it
    }
    Entry<K, V> before = null;
    Entry<K, V> after = first(slots, added.hash);
    Entry<K, V> oldestTwin = null;
    int twins = 0;
    while (after != null && !isBefore(added.hash, after.hash)) {
      if (after.hash == added.hash && twins++ == 0) {
        oldestTwin = after;
      }
      before = after;
      after = after.nextInChain();
    }
    added.nextInChain(after);
    chain(before, added.hash, added);
    size.setRelease(size.getPlain() + 1);
    return twins < MAX_TWINS ? null : oldestTwin;
  }

  /** Has an entry take the place of one of the same key, in one step. */
  void replace(Entry<K, V> old, Entry<K, V> added) {
    added.nextInChain(old.nextInChain());
    chain(predecessor(old), old.hash, added);
  }

  /** Takes out an entry that is in the table. A reader that is at it finds its way on. */
  void remove(Entry<K, V> entry) {
    chain(predecessor(entry), entry.hash, entry.nextInChain());
    size.setRelease(size.getPlain() - 1);
  }

  /** Shows what is in the table; of what comes and goes meanwhile, some, and some of it twice. */
  void forEach(Consumer<Entry<K, V>> action) {
    Entry<K, V>[] current = slots;
    for (int slot = 0; slot < current.length; slot++) {
      Entry<K, V> entry = firstOf(current, slot);
      while (entry != null && slot(current.length, entry.hash) == slot) {
        action.accept(entry);
        entry = entry.nextInChain();
      }
    }
  }

  private void chain(@Nullable Entry<K, V> before, int hash, @Nullable Entry<K, V> entry) {
    if (before != null) {
      before.nextInChain(entry);
    } else {
      SLOT.setRelease(slots, slot(slots.length, hash), entry);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the entry itself is looked for
  private @Nullable Entry<K, V> predecessor(Entry<K, V> entry) {
    Entry<K, V> before = null;
    for (Entry<K, V> each = first(slots, entry.hash);
        each != null && each != entry;
        each = each.nextInChain()) {
      before = each;
    }
    return before;
  }

  private void grow() {
    Entry<K, V>[] larger = newSlots(2 * slots.length);
    for (Entry<K, V> each : slots) {
      for (Entry<K, V> entry = each; entry != null; entry = entry.nextInChain()) {
        int slot = slot(larger.length, entry.hash);
        if (larger[slot] == null) {
          larger[slot] = entry;
        }
      }
    }
    slots = larger; // before the cuts, so that who comes to one sees that the table has changed
    for (int slot = 0; slot < larger.length; slot++) {
      cutAtEndOf(slot, larger);
    }
  }

  private static <K, V> void cutAtEndOf(int slot, Entry<K, V>[] slots) {
    Entry<K, V> last = slots[slot];
    if (last != null) {
      Entry<K, V> next = last.nextInChain();
      while (next != null && slot(slots.length, next.hash) == slot) {
        last = next;
        next = last.nextInChain();
      }
      last.nextInChain(null);
    }
  }

  private static <K, V> @Nullable Entry<K, V> first(Entry<K, V>[] slots, int hash) {
    return firstOf(slots, slot(slots.length, hash));
  }

  @SuppressWarnings("unchecked") // as the array
  private static <K, V> @Nullable Entry<K, V> firstOf(Entry<K, V>[] slots, int slot) {
    return (Entry<K, V>) SLOT.getAcquire(slots, slot);
  }

  /** The slots are a power of two: the hash's highest bits say which. */
  private static int slot(int slots, int hash) {
    return hash >>> (Integer.numberOfLeadingZeros(slots) + 1);
  }

  private static boolean isBefore(int hash, int other) {
    return Integer.compareUnsigned(hash, other) < 0;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K, V> Entry<K, V>[] newSlots(int count) {
    return new Entry[count];
  }
}
