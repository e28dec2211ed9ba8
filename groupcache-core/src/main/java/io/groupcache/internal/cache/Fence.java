package io.groupcache.internal.cache;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps values of the past out of a group's caches: who loads a key takes a ticket first, and what
 * it brings comes in only if the ticket is still good. A change of the key voids it. Safe for use
 * from many threads; tickets are voided, and looked at, under the lock of the caches.
 */
final class Fence {

  /** Keys that share a stripe void each other's tickets, which costs a value that is not kept. */
  private static final int STRIPES = 1 << 14;

  /** Made with the first change: most groups never have one. */
  private volatile @Nullable AtomicIntegerArray ofKeys;

  private volatile int ofAll;

  /** What is to be shown with the value of a load that begins now. */
  long ticket(String key) {
    AtomicIntegerArray stripes = ofKeys;
    int ofKey = stripes == null ? 0 : stripes.get(stripe(key));
    return ((long) ofAll << Integer.SIZE) | Integer.toUnsignedLong(ofKey);
  }

  boolean isGood(String key, long ticket) {
    return ticket == ticket(key);
  }

  void voidTickets(String key) {
    AtomicIntegerArray stripes = ofKeys;
    if (stripes == null) {
      stripes = new AtomicIntegerArray(STRIPES);
      ofKeys = stripes;
    }
    stripes.incrementAndGet(stripe(key));
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // by the holder of the caches' lock only
  void voidAll() {
    ofAll++;
  }

  private static int stripe(String key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash >>> (Integer.SIZE - 14);
  }
}
