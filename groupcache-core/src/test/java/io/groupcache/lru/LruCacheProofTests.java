package io.groupcache.lru;

import io.groupcache.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Writers of one cache: the bytes, the values, the evictions and the order of use are those of one
 * writer after the other.
 */
@Timeout(1200)
class LruCacheProofTests {

  private static final int LIMIT = 4;
  private static final int KEYS = 3;

  @Test
  void aPutIsOneStepWhateverItReplacesAndEvicts() {
    Proof proof = proof();
    proof
        .thread(proof.call("put", 0, 2), proof.call("put", 1, 3))
        .thread(proof.call("put", 0, 4), proof.call("put", 2, 1))
        .thread(proof.call("isWithinItsLimit"))
        .check();
  }

  @Test
  void aPutAndAnEvictionDoNotGetInEachOthersWay() {
    Proof proof = proof();
    proof
        .thread(proof.call("put", 0, 3), proof.call("put", 1, 5))
        .thread(proof.call("evictNext"), proof.call("evictNext"))
        .thread(proof.call("isWithinItsLimit"))
        .check();
  }

  @Test
  void aPutIsForgottenByTheClearingOrComesAfterIt() {
    Proof proof = proof();
    proof
        .thread(proof.call("put", 2, 1), proof.call("put", 0, 3))
        .thread(proof.call("clear"))
        .thread(proof.call("isWithinItsLimit"))
        .check();
  }

  @Test
  void whatIsReplacedIsReadableAllTheWhile() {
    Proof proof = proof();
    proof
        .thread(proof.call("put", 0, 2), proof.call("put", 0, 1))
        .thread(proof.call("get", 0), proof.call("get", 0))
        .check();
  }

  @Test
  void readersWhileAnythingIsPutOrEvictedSeeWhatIsTheirs() {
    Proof proof = new Proof(Cache.class).before("put", 0, 1).before("put", 1, 2);
    proof
        .thread(proof.call("put", 2, 4), proof.call("evictNext"))
        .thread(proof.call("readsItsOwn", 0), proof.call("readsItsOwn", 2))
        .thread(proof.call("put", 0, 3))
        .after("countsWhatItHolds") // the order of use is less exact when others read
        .check();
  }

  @Test
  void anyWritersAtAll() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < Proof.bound(2, 10); i++) {
      proof()
          .randomThread(random, 2, LruCacheProofTests::anyWrite)
          .randomThread(random, 2, LruCacheProofTests::anyWrite)
          .check();
    }
  }

  private static Proof proof() {
    return new Proof(Cache.class).before("put", 0, 1).before("put", 1, 2).after("drain");
  }

  private static List<Actor> anyWrite(Proof proof) {
    List<Actor> calls = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      for (int value = 1; value <= LIMIT; value++) {
        calls.add(proof.call("put", key, value));
      }
      calls.add(proof.call("evictNext"));
    }
    return calls;
  }

  /** A cache in which a value is what it weighs. */
  public static class Cache {

    private final LruCache<Integer, Integer> cache = new LruCache<>(LIMIT);

    public boolean put(int key, int value) {
      return cache.put(key, value, value);
    }

    public boolean evictNext() {
      return cache.evictNext();
    }

    public void clear() {
      cache.clear();
    }

    public @Nullable Integer get(int key) {
      return cache.get(key);
    }

    public boolean readsItsOwn(int key) {
      Integer value = cache.get(key);
      return value == null || (value > 0 && value <= LIMIT);
    }

    public boolean isWithinItsLimit() {
      long bytes = cache.bytes();
      return bytes >= 0 && bytes <= LIMIT;
    }

    public boolean countsWhatItHolds() {
      long sum = 0;
      for (int key = 0; key < KEYS; key++) {
        sum += cache.bytesOf(key);
      }
      return cache.bytes() == sum && isWithinItsLimit();
    }

    /** What is held, how it is counted, and in which order it leaves; nothing is left then. */
    public String drain() {
      StringBuilder all = new StringBuilder().append(cache.evictions());
      do {
        for (int key = 0; key < KEYS; key++) {
          all.append(key == 0 ? " / " : " ").append(cache.bytesOf(key));
        }
        if (!countsWhatItHolds()) {
          throw new AssertionError(cache.bytes() + " bytes are counted, and held are" + all);
        }
      } while (cache.evictNext());
      return all.append(", left ").append(cache.size()).toString();
    }
  }
}
