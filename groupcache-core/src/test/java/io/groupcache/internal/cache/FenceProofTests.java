package io.groupcache.internal.cache;

import io.groupcache.*;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Loads and answers of the past against changes: once a change is done, nothing is found whose load
 * began before it. Of two changes the later one decides, whichever comes in first.
 */
@Timeout(1200)
class FenceProofTests {

  private final Proof proof = new Proof(Caches.class).after("isNotOld");

  @Test
  void whatWasBeingLoadedDoesNotOutliveARemoval() {
    proof
        .thread(proof.call("loadMain"))
        .thread(proof.call("remove"), proof.call("isNotOld"))
        .check();
  }

  @Test
  void anAnswerThatWasUnderWayDoesNotOutliveARemoval() {
    proof
        .thread(proof.call("loadHot"))
        .thread(proof.call("remove"), proof.call("isNotOld"))
        .check();
  }

  @Test
  void norDoesItOutliveARemovalOfAllKeys() {
    proof
        .thread(proof.call("loadMain"), proof.call("loadHot"))
        .thread(proof.call("removeAll"), proof.call("isNotOld"))
        .check();
  }

  @Test
  void aRefreshDoesNotOutliveARemoval() {
    proof
        .before("loadMain")
        .thread(proof.call("loadMain"))
        .thread(proof.call("remove"), proof.call("isNotOld"))
        .check();
  }

  @Test
  void theLaterOfTwoValuesThatAreSetIsHeld() {
    Proof sets = new Proof(Sets.class);
    sets.thread(sets.call("setSooner"))
        .thread(sets.call("setLater"))
        .after("held")
        .check(Proof.bound(1_000, 5_000)); // one in some hundreds shows it
  }

  @Test
  void aRemovalDecidesIfItIsTheLaterOneAndAValueThatIsSetElse() {
    Proof sets = new Proof(Sets.class);
    sets.thread(sets.call("setSooner")).thread(sets.call("removeLater")).after("held").check();
    Proof others = new Proof(Sets.class);
    others
        .thread(others.call("removeSooner"))
        .thread(others.call("setLater"))
        .after("held")
        .check();
  }

  /** A source whose value changes with each removal, and caches of it. */
  public static class Caches {

    private final CachePair caches = new CachePair(100, Eviction.LRU, new LongAdder());
    private final AtomicLong source = new AtomicLong();

    /** The number of the last removal that is done. */
    private final AtomicLong removed = new AtomicLong();

    public void loadMain() {
      load(CacheType.MAIN);
    }

    public void loadHot() {
      load(CacheType.HOT);
    }

    public void remove() {
      long now = source.incrementAndGet();
      caches.change("k", new Version(now, 1));
      removed.accumulateAndGet(now, Math::max);
    }

    public void removeAll() {
      long now = source.incrementAndGet();
      caches.changeAll();
      removed.accumulateAndGet(now, Math::max);
    }

    public boolean isNotOld() {
      long done = removed.get();
      return isNotOlder(caches.findInMain("k"), done) && isNotOlder(caches.findInHot("k"), done);
    }

    private void load(CacheType type) {
      long ticket = caches.ticket("k");
      ByteView loaded = ByteView.of(String.valueOf(source.get()));
      caches.put(type, "k", loaded, ticket);
    }

    private static boolean isNotOlder(@Nullable ByteView held, long than) {
      return held == null || Long.parseLong(Sinks.string().read(held)) >= than;
    }
  }

  /** Two changes, as a log makes them known before they are done. */
  public static class Sets {

    private final CachePair caches = new CachePair(100, Eviction.LRU, new LongAdder());
    private final AtomicLong latest = new AtomicLong();

    public void setSooner() {
      set(1, "sooner");
    }

    public void setLater() {
      set(2, "later");
    }

    public void removeSooner() {
      remove(1);
    }

    public void removeLater() {
      remove(2);
    }

    public String held() {
      return caches.findInMain("k") instanceof Held held ? Sinks.string().read(held) : "none";
    }

    private void set(long stamp, String value) {
      latest.accumulateAndGet(stamp, Math::max);
      Version version = new Version(stamp, 1);
      Held held = Held.set(ByteView.of(value), version);
      caches.set("k", held, version, () -> latest.get() == stamp);
    }

    private void remove(long stamp) {
      latest.accumulateAndGet(stamp, Math::max);
      caches.change("k", new Version(stamp, 1));
    }
  }
}
