package io.groupcache.lru;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Threads raced on one cache; what is not listed is forbidden. */
public class LruCacheStress {

  private LruCacheStress() {}

  @JCStressTest
  @Outcome(
      id = {"4, 0", "3, 0"},
      expect = ACCEPTABLE,
      desc = "the bytes of what is held")
  @State
  public static class Writers {

    private final LruCache<Integer, Integer> cache = new LruCache<>(4, (key, value) -> value);

    @Actor
    public void one() {
      cache.put(0, 1);
      cache.put(1, 3);
    }

    @Actor
    public void other() {
      cache.put(1, 2);
      cache.put(0, 1);
    }

    @Arbiter
    public void end(JJ_Result results) {
      results.r1 = cache.bytes();
      results.r2 = cache.bytes() - cache.bytesOf(0) - cache.bytesOf(1);
    }
  }

  @JCStressTest
  @Outcome(
      id = {"1, 0", "2, 0", "1, 1", "2, 1"},
      expect = ACCEPTABLE,
      desc = "old or new")
  @Outcome(
      id = {"1, 2", "2, 2"},
      expect = ACCEPTABLE,
      desc = "old or new")
  @State
  public static class WriterAndReader {

    private final LruCache<Integer, Integer> cache = new LruCache<>(2, (key, value) -> value);

    public WriterAndReader() {
      cache.put(0, 1);
    }

    @Actor
    public void writer() {
      cache.put(0, 2);
    }

    @Actor
    public void reader(JJ_Result results) {
      Integer value = cache.get(0);
      results.r1 = value == null ? -1 : value;
      results.r2 = cache.bytes();
    }
  }
}
