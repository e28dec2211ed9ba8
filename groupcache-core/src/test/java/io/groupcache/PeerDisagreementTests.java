package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.groupcachepb.GetResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two peers whose rings disagree: each takes the other for the owner of every key. */
@Timeout(30)
class PeerDisagreementTests {

  /** Open, unless a test replaces it: requests between the peers wait here. */
  private CountDownLatch requestsSent = new CountDownLatch(0);

  private CountDownLatch gettersEntered = new CountDownLatch(0);
  private final CountDownLatch gate = new CountDownLatch(1);

  private final FakePeer toA = new FakePeer((context, request) -> ask(a(), request.getKey()));
  private final FakePeer toB = new FakePeer((context, request) -> ask(b(), request.getKey()));
  private final CountingGetter getterOfA = getter("a:");
  private final CountingGetter getterOfB = getter("b:");
  private final Group a = groupCache(toB).newGroup("g", 1024, getterOfA);
  private final Group b = groupCache(toA).newGroup("g", 1024, getterOfB);

  @Test
  void aPeersRequestIsNeverForwarded() {
    gate.countDown();

    assertThat(a.get("k", Sinks.string())).isEqualTo("b:k");

    assertThat(toA.requests()).isEmpty();
    assertThat(toB.requests()).hasSize(1);
    assertThat(getterOfA.calls()).isZero();
    assertThat(Stats.of(b)).isEqualTo(new Stats(1, 0, 1, 1, 1, 0, 0, 0, 1));
  }

  @Test
  void peersThatForwardTheSameKeyToEachOtherDoNotWaitForEver() throws Exception {
    gate.countDown();
    requestsSent = new CountDownLatch(2);

    Background<String> callerOfA = Background.run(() -> a.get("k", Sinks.string()));
    Background<String> callerOfB = Background.run(() -> b.get("k", Sinks.string()));

    assertThat(callerOfA.get()).isEqualTo("b:k");
    assertThat(callerOfB.get()).isEqualTo("a:k");
    assertThat(getterOfA.calls()).isOne();
    assertThat(getterOfB.calls()).isOne();
  }

  @Test
  void peersThatBothLoadTheKeyForSomebodyElseDoNotWaitForEver() throws Exception {
    gettersEntered = new CountDownLatch(2);
    GetContext third = GetContext.background().asPeer();
    Background<String> leaderOfA = Background.run(() -> a.get(third, "k", Sinks.string()));
    Background<String> leaderOfB = Background.run(() -> b.get(third, "k", Sinks.string()));
    gettersEntered.await();
    requestsSent = new CountDownLatch(2);
    Background<String> callerOfA = Background.run(() -> a.get("k", Sinks.string()));
    Background<String> callerOfB = Background.run(() -> b.get("k", Sinks.string()));
    requestsSent.await();

    gate.countDown();

    assertThat(leaderOfA.get()).isEqualTo("a:k");
    assertThat(leaderOfB.get()).isEqualTo("b:k");
    assertThat(callerOfA.get()).isEqualTo("b:k");
    assertThat(callerOfB.get()).isEqualTo("a:k");
    assertThat(getterOfA.calls()).isOne();
    assertThat(getterOfB.calls()).isOne();
  }

  @Test
  void manyKeysBothWaysAtOnceAllEnd() throws Exception {
    gate.countDown();
    for (int i = 0; i < 50; i++) {
      String key = "key-" + i;
      requestsSent = new CountDownLatch(2);
      Background<String> callerOfA = Background.run(() -> a.get(key, Sinks.string()));
      Background<String> callerOfB = Background.run(() -> b.get(key, Sinks.string()));

      assertThat(callerOfA.get()).isEqualTo("b:" + key);
      assertThat(callerOfB.get()).isEqualTo("a:" + key);
    }
  }

  /** One that mirrors nothing, so that a value tells who loaded it. */
  private static GroupCache groupCache(FakePeer other) {
    return new GroupCache(other.ownsAll(), (key, response) -> false);
  }

  private Group a() {
    return a;
  }

  private Group b() {
    return b;
  }

  private CountingGetter getter(String prefix) {
    return new CountingGetter((context, key, dest) -> {
      gettersEntered.countDown();
      gate.await();
      dest.setString(prefix + key);
    });
  }

  /** Asks as HTTP does: the answer is made by another thread, with a context of its own. */
  private GetResponse ask(Group owner, String key) {
    try {
      requestsSent.countDown();
      requestsSent.await();
      GetContext context = GetContext.background().asPeer();
      ByteView value = Background.run(() -> owner.get(context, key)).get();
      return GetResponse.newBuilder().setValue(value.toByteString()).build();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
