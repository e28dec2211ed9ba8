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

/** A load of the past against a removal: what was there before the removal is not held after it. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "nothing old is held")
@Outcome(id = "false", expect = FORBIDDEN, desc = "an old value is held")
@State
public class FenceStress {

  private static final ByteView OLD = ByteView.of("old");
  private static final ByteView NEW = ByteView.of("new");

  private final CachePair caches = new CachePair(100, Eviction.LRU, new LongAdder());
  private volatile ByteView source = OLD;

  @Actor
  public void load() {
    long ticket = caches.ticket("k");
    caches.put(CacheType.MAIN, "k", source, ticket);
  }

  @Actor
  public void remove() {
    source = NEW;
    caches.change("k", new Version(1, 1));
  }

  @Arbiter
  public void end(Z_Result results) {
    Object held = caches.findInMain("k");
    results.r1 = held == null || held.equals(NEW);
  }
}
