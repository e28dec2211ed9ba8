package io.groupcache.s3fifo;

/**
 * The hashes of what left not long ago, a number for each. Where more of them than expected fall
 * into one set of places, the oldest of the set is forgotten before its time. Guarded by the lock
 * of the cache that it is part of.
 */
final class GhostQueue {

  private static final int SET = 8;

  /** Each has a hash, and below it when that came in, counted in those that came; 0 is none. */
  private long[] places = new long[2 * SET];

  private int time;

  GhostQueue() {
    this(0);
  }

  /** Makes one whose count of those that came has come so far. */
  GhostQueue(int time) {
    this.time = time;
  }

  /** Adds a hash, where the last {@code capacity} of them are to be remembered. */
  void add(int hash, int capacity) {
    while (places.length < capacity) {
      grow();
    }
    time++;
    put(places, hash, time);
  }

  /** Whether the hash was among the last {@code capacity}; it is not from now on. */
  boolean remove(int hash, int capacity) {
    int start = set(places, hash);
    for (int i = start; i < start + SET; i++) {
      if (places[i] != 0 && hashAt(i) == hash) {
        boolean remembered = time - timeAt(i) < capacity;
        places[i] = 0;
        return remembered;
      }
    }
    return false;
  }

  private void grow() {
    long[] larger = new long[2 * places.length];
    for (int i = 0; i < places.length; i++) {
      if (places[i] != 0) {
        put(larger, hashAt(i), timeAt(i));
      }
    }
    places = larger;
  }

  private void put(long[] places, int hash, int time) {
    int start = set(places, hash);
    int oldest = start;
    for (int i = start + 1; i < start + SET && places[oldest] != 0; i++) {
      if (places[i] == 0 || this.time - (int) places[i] > this.time - (int) places[oldest]) {
        oldest = i;
      }
    }
    places[oldest] = ((long) hash << 32) | Integer.toUnsignedLong(time);
  }

  private int hashAt(int place) {
    return (int) (places[place] >>> 32);
  }

  private int timeAt(int place) {
    return (int) places[place];
  }

  /** The sets are a power of two, and the hash's highest bits say which. */
  private static int set(long[] places, int hash) {
    int sets = places.length / SET;
    return (hash >>> (Integer.numberOfLeadingZeros(sets) + 1)) * SET;
  }
}
