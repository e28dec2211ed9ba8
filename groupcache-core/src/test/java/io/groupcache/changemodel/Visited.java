package io.groupcache.changemodel;

/** Fingerprints of worlds, each with that of the world from which it was reached first. */
final class Visited {

  private long[] table = new long[1 << 17];
  private int size;

  /** Whether it was not there yet. */
  boolean add(long fingerprint, long before) {
    int slot = slot(table, fingerprint);
    if (table[slot] != 0) {
      return false;
    }
    table[slot] = fingerprint;
    table[slot + 1] = before;
    size++;
    if (size > table.length / 4) {
      grow();
    }
    return true;
  }

  long before(long fingerprint) {
    return table[slot(table, fingerprint) + 1];
  }

  int size() {
    return size;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != 0) {
        int slot = slot(larger, table[i]);
        larger[slot] = table[i];
        larger[slot + 1] = table[i + 1];
      }
    }
    table = larger;
  }

  /** Where it is or would be; a fingerprint of 0 does not come up. */
  private static int slot(long[] table, long fingerprint) {
    int mask = table.length - 1;
    int slot = (int) (fingerprint << 1) & mask;
    while (table[slot] != 0 && table[slot] != fingerprint) {
      slot = (slot + 2) & mask;
    }
    return slot;
  }
}
