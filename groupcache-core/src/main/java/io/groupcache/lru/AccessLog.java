package io.groupcache.lru;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * Remembers which entries were read until somebody has the time to reorder them. Threads write to
 * different stripes, so that a read takes no lock and seldom meets another; a record that loses a
 * race is lost, which makes the order of use a little less exact and nothing else.
 */
final class AccessLog<E> {

  private static final int STRIPE_SIZE = 64;
  private static final int MAX_STRIPES = 64;

  private final Stripe<E>[] stripes;

  AccessLog() {
    int cores = Runtime.getRuntime().availableProcessors();
    int count = Math.min(MAX_STRIPES, Integer.highestOneBit(Math.max(1, 2 * cores - 1)) * 2);
    @SuppressWarnings({"unchecked", "rawtypes"})
    Stripe<E>[] made = new Stripe[count];
    for (int i = 0; i < count; i++) {
      made[i] = new Stripe<>();
    }
    this.stripes = made;
  }

  /** Records a read, or says that there is no room before the next {@link #drainTo}. */
  boolean record(E entry) {
    long spread = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L;
    return stripes[(int) (spread >>> 32) & (stripes.length - 1)].record(entry);
  }

  /** Hands over what was recorded and forgets it. One thread at a time. */
  void drainTo(Consumer<E> reader) {
    for (Stripe<E> stripe : stripes) {
      stripe.drainTo(reader);
    }
  }

  private static final class Stripe<E> {

    private final AtomicReferenceArray<E> slots = new AtomicReferenceArray<>(STRIPE_SIZE);
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong drained = new AtomicLong();

    boolean record(E entry) {
      long at = written.get();
      if (at - drained.get() >= STRIPE_SIZE) {
        return false;
      }
      if (written.compareAndSet(at, at + 1)) {
        slots.setRelease((int) at & (STRIPE_SIZE - 1), entry);
      }
      return true;
    }

    void drainTo(Consumer<E> reader) {
      long start = drained.getPlain();
      long at = start;
      for (long end = written.get(); at < end; at++) {
        int slot = (int) at & (STRIPE_SIZE - 1);
        E entry = slots.getAcquire(slot);
        if (entry == null) {
          break; // its writer has taken the slot and not yet filled it
        }
        slots.setRelease(slot, null); // nobody else writes to it before it counts as drained
        reader.accept(entry);
      }
      if (at != start) {
        drained.setRelease(at);
      }
    }
  }
}
