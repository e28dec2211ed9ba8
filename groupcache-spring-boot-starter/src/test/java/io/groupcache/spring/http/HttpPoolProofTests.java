package io.groupcache.spring.http;

import io.groupcache.GetContext;
import io.groupcache.ProtoGetter;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import java.util.List;
import java.util.Set;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A ring that changes while others look at it: whoever looks sees one state of it, owners and ways
 * alike, and no change is lost. The steps of the threads are tried in many orders, and each answer
 * must be one that the same calls give when they are made one after the other. What a ring that is
 * not {@code volatile} would do is beyond this search: its memory is always up to date.
 */
@Timeout(1200)
class HttpPoolProofTests {

  @Test
  void whoLooksAtTheRingSeesOneStateOfIt() throws Exception {
    check(List.of(call("setOthers")), List.of(call("pick"), call("standIns")));
    check(List.of(call("setNone"), call("setOthers")), List.of(call("owner")));
  }

  @Test
  void noChangeOfTheRingIsLost() throws Exception {
    check(List.of(call("setItself")), List.of(call("leave")));
    check(List.of(call("leave"), call("join")), List.of(call("setItself")));
  }

  private static void check(List<Actor> one, List<Actor> other) throws Exception {
    boolean isLong = "long".equals(System.getProperty("proofs"));
    new ModelCheckingOptions()
        .addCustomScenario(
            new ExecutionScenario(List.of(), List.of(one, other), List.of(call("peers")), null))
        .iterations(0)
        .invocationsPerIteration(isLong ? 2_000 : 20)
        .check(Pool.class);
  }

  private static Actor call(String name) throws Exception {
    return new Actor(Pool.class.getMethod(name), List.of());
  }

  /** A pool on a ring of two others; the ways are named, to tell which ring they are of. */
  public static class Pool {

    private static final String SELF = "http://a";
    private static final String KEY = "key";

    private final HttpPool pool = new HttpPool(SELF, 1, HashFunction.crc32(), Way::new);

    public Pool() {
      pool.set(Set.of("http://b", "http://c"));
    }

    /** Nobody is on both rings: an owner of one has no way in the other. */
    public void setOthers() {
      pool.set(Set.of("http://d", "http://e"));
    }

    public void setItself() {
      pool.set(Set.of(SELF, "http://b"));
    }

    public void setNone() {
      pool.set(Set.of());
    }

    public void leave() {
      pool.leave();
    }

    public void join() {
      pool.join();
    }

    public String pick() {
      return String.valueOf(pool.pickPeer(KEY));
    }

    public String standIns() {
      return String.valueOf(pool.standIns(KEY).toList());
    }

    public String owner() {
      return pool.owner(KEY).orElse("none");
    }

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
