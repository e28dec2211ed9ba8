package io.groupcache.internal.cache;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.groupcache.*;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** The main and the hot cache filled at once: together they stay within the limit. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "within the limit")
@Outcome(id = "false", expect = FORBIDDEN, desc = "more than the limit")
@State
public class CachePairStress {

  private static final int LIMIT = 12;
  private static final ByteView FIVE = ByteView.of("vwxyz");

  private final CachePair caches = new CachePair(LIMIT, Eviction.LRU, new LongAdder());

  @Actor
  public void fillMain() {
    caches.put(CacheType.MAIN, "a", FIVE, 0);
    caches.put(CacheType.MAIN, "b", FIVE, 0);
  }

  @Actor
  public void fillHot() {
    caches.put(CacheType.HOT, "c", FIVE, 0);
    caches.put(CacheType.HOT, "d", FIVE, 0);
  }

  @Arbiter
  public void end(Z_Result results) {
    long main = caches.stats(CacheType.MAIN, 0, 0).bytes();
    long hot = caches.stats(CacheType.HOT, 0, 0).bytes();
    results.r1 = main + hot <= LIMIT && main % 6 == 0 && hot % 6 == 0 && main + hot > 0;
  }
}
