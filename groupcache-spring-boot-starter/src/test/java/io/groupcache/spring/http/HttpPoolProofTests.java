package io.groupcache.spring.http;

import io.groupcache.GetContext;
import io.groupcache.ProtoGetter;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A ring that changes while others look at it: whoever looks sees one state of it, owners and ways
 * alike. The steps of the threads are tried in many orders, and each answer must be one that the
 * same calls give when they are made one after the other.
 */
@Timeout(1200)
class HttpPoolProofTests {

  @Test
  void whoLooksAtTheRingSeesOneStateOfIt() {
    boolean isLong = "long".equals(System.getProperty("proofs"));
    new ModelCheckingOptions()
        .iterations(isLong ? 50 : 4)
        .invocationsPerIteration(isLong ? 2_000 : 30)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(1)
        .actorsAfter(1)
        .check(Pool.class);
  }

  /** A pool whose ways are named, to tell which ring they are of. */
  @Param(name = "ring", gen = IntGen.class, conf = "0:3")
  @Param(name = "key", gen = IntGen.class, conf = "0:4")
  public static class Pool {

    private static final String SELF = "http://a";
    private static final List<Set<String>> RINGS =
        List.of(
            Set.of(),
            Set.of(SELF, "http://b"),
            Set.of(SELF, "http://c"),
            Set.of("http://d", "http://e"));

    private final HttpPool pool = new HttpPool(SELF, 1, HashFunction.crc32(), Way::new);

    /** Replaces the ring; none of them has an owner with another's way. */
    @Operation
    public void set(@Param(name = "ring") int ring) {
      Collection<String> peers = RINGS.get(ring);
      pool.set(peers);
    }

    @Operation
    public void leave() {
      pool.leave();
    }

    @Operation
    public void join() {
      pool.join();
    }

    @Operation
    public String pick(@Param(name = "key") int key) {
      return String.valueOf(pool.pickPeer(String.valueOf(key)));
    }

    @Operation
    public String standIns(@Param(name = "key") int key) {
      return String.valueOf(pool.standIns(String.valueOf(key)).toList());
    }

    @Operation
    public String owner(@Param(name = "key") int key) {
      return pool.owner(String.valueOf(key)).orElse("none");
    }

    @Operation
    public String peers() {
      return String.valueOf(pool.peers());
    }
  }

  private record Way(String peer) implements ProtoGetter {

    @Override
    public GetResponse get(GetContext context, GetRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
      return peer;
    }
  }
}
