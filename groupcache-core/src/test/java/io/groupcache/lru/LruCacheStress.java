package io.groupcache.lru;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Writers of the same keys at once: the bytes counted are those of what is held. */
@JCStressTest
@Outcome(
    id = {"4, 0", "3, 0"},
    expect = ACCEPTABLE,
    desc = "the bytes of what is held")
@State
public class LruCacheStress {

  private final LruCache<Integer, Integer> cache = new LruCache<>(4);

  @Actor
  public void one() {
    cache.put(0, 1, 1);
    cache.put(1, 3, 3);
  }

  @Actor
  public void other() {
    cache.put(1, 2, 2);
    cache.put(0, 1, 1);
  }

  @Arbiter
  public void end(JJ_Result results) {
    results.r1 = cache.bytes();
    results.r2 = cache.bytes() - cache.bytesOf(0) - cache.bytesOf(1);
  }
}
