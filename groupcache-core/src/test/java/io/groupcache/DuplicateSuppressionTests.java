package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DuplicateSuppressionTests {

  private final CountDownLatch gate = new CountDownLatch(1);
  private final GroupCache groupCache = new GroupCache(PeerPicker.none());

  @Test
  void twoConcurrentGetsOfAStringFillOnce() throws Exception {
    CountingGetter getter = gated((context, key, dest) -> dest.setString("ECHO:" + key));
    Group group = groupCache.newGroup("strings", 1 << 20, getter);

    List<String> values = concurrently(2, () -> group.get("k", Sinks.string()));

    assertThat(values).containsExactly("ECHO:k", "ECHO:k");
    assertThat(getter.calls()).isOne();
  }

  @Test
  void twoConcurrentGetsOfAMessageFillOnce() throws Exception {
    CountingGetter getter =
        gated((context, key, dest) -> dest.setProto(StringValue.of("ECHO:" + key)));
    Group group = groupCache.newGroup("messages", 1 << 20, getter);

    List<StringValue> values =
        concurrently(2, () -> group.get("k", Sinks.proto(StringValue.parser())));

    assertThat(values).containsOnly(StringValue.of("ECHO:k")).hasSize(2);
    assertThat(getter.calls()).isOne();
  }

  @Test
  void aHundredConcurrentGetsOfAColdKeyFillOnceAndShareTheView() throws Exception {
    CountingGetter getter = gated((context, key, dest) -> dest.setString("value"));
    Group group = groupCache.newGroup("tiles", 1 << 20, getter);

    List<ByteView> values = concurrently(100, () -> group.get("k"));

    ByteView held = group.get("k");
    assertThat(values).hasSize(100).allSatisfy(value -> assertThat(value).isSameAs(held));
    assertThat(getter.calls()).isOne();
    assertThat(group.stats().loads()).isEqualTo(100);
    assertThat(group.stats().loadsDeduped()).isOne();
  }

  @Test
  void concurrentGetsOfAPeersKeyAskThePeerOnce() throws Exception {
    FakePeer peer =
        new FakePeer((context, request) -> {
          awaitGate();
          return FakePeer.response("of the peer");
        });
    Group group =
        new GroupCache(peer.ownsAll())
            .newGroup("tiles", 1 << 20, (context, key, dest) -> dest.setString("local"));

    List<String> values = concurrently(10, () -> group.get("k", Sinks.string()));

    assertThat(values).hasSize(10).containsOnly("of the peer");
    assertThat(peer.requests()).hasSize(1);
    assertThat(group.stats().loadsPeer()).isOne();
  }

  private CountingGetter gated(Getter getter) {
    return new CountingGetter((context, key, dest) -> {
      gate.await();
      getter.get(context, key, dest);
    });
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs work that ends up at the gate, and opens the gate when all threads wait. */
  private <T> List<T> concurrently(int threads, Callable<T> work) throws Exception {
    List<Background<T>> calls = Background.run(threads, work);
    for (Background<T> call : calls) {
      call.awaitWaiting();
    }
    gate.countDown();
    List<T> results = new ArrayList<>();
    for (Background<T> call : calls) {
      results.add(call.get());
    }
    return results;
  }
}
