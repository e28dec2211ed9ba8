package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads fill and read both caches at once, in less room than all of it needs. */
@Timeout(60)
class CacheLimitUnderLoadTests {

  private static final long LIMIT = 10_000;
  private static final int KEYS = 300;

  private final AtomicBoolean drained = new AtomicBoolean();
  private final FakePeer peer =
      FakePeer.answering(key -> {
        if (drained.get()) {
          throw new KeyNotFoundException(key);
        }
        return value(key);
      });
  private final Group group =
      new GroupCache(key -> Integer.parseInt(key) % 3 == 0 ? peer : null, (key, response) -> true)
          .newGroup(
              "g",
              LIMIT,
              (context, key, dest) -> {
                if (drained.get()) {
                  throw new KeyNotFoundException(key);
                }
                dest.setString(value(key));
              });
  private final AtomicBoolean running = new AtomicBoolean(true);
  private int samples;

  @BeforeEach
  void fillAndReadFromManyThreads() throws Exception {
    List<Background<Integer>> fillers = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      fillers.add(Background.run(() -> getAtRandom(random)));
    }
    Background<Integer> sampler = Background.run(this::sampleAllTheTime);
    int gets = 0;
    for (Background<Integer> filler : fillers) {
      gets += filler.get();
    }
    running.set(false);
    samples = sampler.get();
    assertThat(group.stats().gets()).isEqualTo(gets);
  }

  @Test
  void theTwoCachesNeverExceedTheLimit() {
    assertThat(samples).isPositive(); // each of them has been looked at
    assertThat(main().bytes() + hot().bytes()).isLessThanOrEqualTo(LIMIT);
    assertThat(main().evictions()).isPositive();
    assertThat(hot().evictions()).isPositive();
  }

  @Test
  void theByteCountIsTheSumOfWhatIsHeld() {
    CacheStats main = main();
    CacheStats hot = hot();
    long mainBytes = 0;
    long hotBytes = 0;
    int mainItems = 0;
    int hotItems = 0;
    drained.set(true); // what is not held stays away
    for (int i = 0; i < KEYS; i++) {
      String key = String.valueOf(i);
      try {
        GetResult result = group.getResult(GetContext.background(), key);
        assertThat(result.value().utf8()).isEqualTo(value(key));
        if (result.source() == Source.MAIN) {
          mainBytes += key.length() + result.value().length();
          mainItems++;
        } else {
          assertThat(result.source()).isEqualTo(Source.HOT);
          hotBytes += key.length() + result.value().length();
          hotItems++;
        }
      } catch (KeyNotFoundException notHeld) {
        assertThat(notHeld.key()).isEqualTo(key);
      }
    }

    assertThat(mainBytes).isEqualTo(main.bytes());
    assertThat(mainItems).isEqualTo(main.items()).isPositive();
    assertThat(hotBytes).isEqualTo(hot.bytes());
    assertThat(hotItems).isEqualTo(hot.items()).isPositive();
  }

  @Test
  void everyGetWasAHitOrALoad() {
    GroupStats stats = group.stats();

    assertThat(stats.gets()).isEqualTo(stats.hits() + stats.loads());
    assertThat(stats.hits()).isEqualTo(main().hits() + hot().hits()).isPositive();
    assertThat(stats.loadsDeduped()).isEqualTo(stats.loadsLocal() + stats.loadsPeer());
    assertThat(stats.loadsPeer()).isEqualTo(peer.requests().size());
    assertThat(stats.loadsLocalErrors() + stats.peerErrors()).isZero();
  }

  private int getAtRandom(SplittableRandom random) {
    int gets = 20_000;
    for (int i = 0; i < gets; i++) {
      // Small numbers come up more often, so that there are hits.
      String key = String.valueOf(random.nextInt(1 + random.nextInt(KEYS)));
      assertThat(group.get(key).length()).isEqualTo(value(key).length());
    }
    return gets;
  }

  private int sampleAllTheTime() {
    int taken = 0;
    boolean last;
    do {
      last = !running.get(); // one more look, which nobody disturbs
      // Two numbers can't be read at one moment. But when the main cache has evicted nothing and
      // grown nothing from before to after, then it was the same all the while.
      CacheStats first = main();
      CacheStats before = main();
      CacheStats hot = hot();
      CacheStats after = main();
      if (isSame(first, before) && isSame(before, after)) {
        assertThat(before.bytes() + hot.bytes()).isLessThanOrEqualTo(LIMIT);
        taken++;
      }
      assertThat(before.bytes()).isBetween(0L, LIMIT);
      assertThat(hot.bytes()).isBetween(0L, LIMIT);
      GroupStats stats = group.stats();
      assertThat(stats.gets()).isEqualTo(stats.hits() + stats.loads());
    } while (!last);
    return taken;
  }

  private static boolean isSame(CacheStats one, CacheStats other) {
    return one.bytes() == other.bytes() && one.evictions() == other.evictions();
  }

  private CacheStats main() {
    return group.cacheStats(CacheType.MAIN);
  }

  private CacheStats hot() {
    return group.cacheStats(CacheType.HOT);
  }

  /** Of a length between 0 and 499 that differs from key to key. */
  private static String value(String key) {
    int number = Integer.parseInt(key);
    return String.valueOf((char) ('a' + number % 26)).repeat(number * 7919 % 500);
  }
}
