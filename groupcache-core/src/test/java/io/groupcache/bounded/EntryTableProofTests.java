package io.groupcache.bounded;

import io.groupcache.Proof;
import io.groupcache.s3fifo.S3FifoCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers of a table that changes under them: what is in it is found, whatever else comes. */
@Timeout(1200)
class EntryTableProofTests {

  /** As many as there are before the table grows. */
  private static final int FULL = 12;

  @Test
  void whatIsHeldIsFoundWhileTheTableGrows() {
    Proof proof = full();
    proof
        .thread(proof.call("put", FULL))
        .thread(proof.call("get", 0), proof.call("get", 5), proof.call("get", 11))
        .thread(proof.call("get", FULL), proof.call("get", FULL))
        .check();
  }

  @Test
  void whatIsHeldIsFoundWhileItsNeighboursLeave() {
    Proof proof = full();
    proof
        .thread(proof.call("evictNext"), proof.call("evictNext"), proof.call("put", FULL))
        .thread(proof.call("get", 2), proof.call("get", 7))
        .thread(proof.call("get", 0))
        .check();
  }

  private static Proof full() {
    Proof proof = new Proof(Table.class);
    for (int key = 0; key < FULL; key++) {
      proof.before("put", key);
    }
    return proof.after("held");
  }

  /** The table of a cache in which nobody's reads change what leaves first. */
  public static class Table {

    private final S3FifoCache<Integer, Integer> cache = new S3FifoCache<>(100);

    public void put(int key) {
      cache.put(key, key, 1);
    }

    public boolean get(int key) {
      return cache.get(key) != null;
    }

    public boolean evictNext() {
      return cache.evictNext();
    }

    public String held() {
      StringBuilder held = new StringBuilder();
      for (int key = 0; key <= FULL; key++) {
        held.append(cache.bytesOf(key));
      }
      return held.append(' ').append(cache.size()).toString();
    }
  }
}
