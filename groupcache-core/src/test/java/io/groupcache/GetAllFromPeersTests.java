package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.groupcachepb.GetRequest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A get of many keys that other peers own. */
@Timeout(30)
class GetAllFromPeersTests {

  private static final GetContext HOUR = GetContext.background().withTimeout(Duration.ofHours(1));

  private final CountingGetter getter = CountingGetter.prefixing("local:");

  @Test
  void eachOwnerIsAskedForItsKeysAndTheRestIsLoadedHere() {
    BatchPeer one = BatchPeer.prefixing("one:");
    BatchPeer two = BatchPeer.prefixing("two:");
    Group group =
        new GroupCache(key -> key.startsWith("1") ? one : key.startsWith("2") ? two : null)
            .newGroup("g", 0, getter);

    GetAllResult all = group.getAll(List.of("1a", "2a", "a", "1b"));

    assertThat(all.values())
        .extracting(ByteView::utf8)
        .containsExactly("one:1a", "two:2a", "local:a", "one:1b");
    assertThat(one.requests()).containsExactly(List.of("1a", "1b"));
    assertThat(two.requests()).containsExactly(List.of("2a"));
    assertThat(Stats.of(group)).isEqualTo(new Stats(4, 0, 4, 4, 1, 0, 3, 0, 0));
  }

  @Test
  void theOwnersAreAskedAtTheSameTime() {
    CountDownLatch bothAsked = new CountDownLatch(2);
    BatchPeer.Answer waiting =
        (keys, answers) -> {
          bothAsked.countDown();
          try {
            bothAsked.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          keys.forEach(key -> answers.onValue(key, FakePeer.response(key)));
        };
    BatchPeer one = new BatchPeer(waiting);
    BatchPeer two = new BatchPeer(waiting);
    Group group = new GroupCache(key -> key.startsWith("1") ? one : two).newGroup("g", 0, getter);

    assertThat(group.getAll(List.of("1", "2"))).hasSize(2);
  }

  @Test
  void aPeerThatTakesOneKeyAtATimeIsAskedOneByOne() {
    FakePeer peer =
        new FakePeer((context, request) -> {
          if (request.getKey().equals("none")) {
            throw new KeyNotFoundException("none");
          }
          return FakePeer.response("peer:" + request.getKey());
        });
    Group group = new GroupCache(peer.ownsAll()).newGroup("g", 0, getter);

    GetAllResult all = group.getAll(List.of("a", "none", "b"));

    assertThat(all.values()).extracting(ByteView::utf8).containsExactly("peer:a", "peer:b");
    assertThat(all.failures().get("none")).isInstanceOf(KeyNotFoundException.class);
    assertThat(peer.requests())
        .extracting(GetRequest::getKey)
        .containsExactlyInAnyOrder("a", "none", "b");
  }

  @Test
  void suchAPeersKeysAreAskedForInSeveralThreads() {
    CountDownLatch bothAsked = new CountDownLatch(2);
    FakePeer peer =
        new FakePeer((context, request) -> {
          bothAsked.countDown();
          try {
            bothAsked.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return FakePeer.response("v");
        });
    Group group = new GroupCache(peer.ownsAll()).newGroup("g", 0, getter);

    assertThat(group.getAll(List.of("a", "b"))).hasSize(2);
  }

  @Test
  void suchAPeerIsAskedInOneThreadWhereTheExecutorRefusesMore() {
    AtomicInteger threads = new AtomicInteger(1);
    FakePeer peer = FakePeer.answering(key -> key);
    Group group =
        GroupCache.builder(peer.ownsAll())
            .executor(task -> {
              if (threads.getAndDecrement() <= 0) {
                throw new RejectedExecutionException("full");
              }
              new Thread(task).start();
            })
            .build()
            .newGroup("g", 0, getter);

    assertThat(group.getAll(List.of("a", "b", "c"))).hasSize(3);
  }

  @Test
  void whatIsStreamedIsToldBeforeTheRestIsThere() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    BatchPeer peer =
        new BatchPeer((keys, answers) -> {
          answers.onValue("quick", FakePeer.response("v"));
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          answers.onValue("slow", FakePeer.response("v"));
        });
    Group group = new GroupCache(FakeRing.of(peer)).newGroup("g", 0, getter);
    Told told = new Told();
    Background<Void> all =
        Background.run(() -> {
          group.getAll(HOUR, new LinkedHashSet<>(List.of("slow", "quick")), 8, told);
          return null;
        });

    assertThat(told.next()).isEqualTo("quick");
    assertThat(told.isEmpty()).isTrue();

    gate.countDown();
    assertThat(told.next()).isEqualTo("slow");
    all.get();
  }

  @Test
  void whatAPeerAsksForIsNeverAskedOfAnother() {
    BatchPeer peer = BatchPeer.prefixing("peer:");
    Group group = new GroupCache(FakeRing.of(peer)).newGroup("g", 1024, getter);

    GetAllResult all = group.getAll(GetContext.background().asPeer(), List.of("a", "b"));
    group.getAll(GetContext.background().asPeer(), List.of("a"));

    assertThat(all.values()).extracting(ByteView::utf8).containsExactly("local:a", "local:b");
    assertThat(peer.requests()).isEmpty();
    assertThat(Stats.of(group)).isEqualTo(new Stats(3, 1, 2, 2, 2, 0, 0, 0, 3));
  }

  @Test
  void whatThePolicySaysIsMirrored() {
    BatchPeer peer = BatchPeer.prefixing("peer:");
    Group group =
        new GroupCache(FakeRing.of(peer), (key, response) -> key.equals("a"))
            .newGroup("g", 1024, getter);

    group.getAll(List.of("a", "b"));
    assertThat(group.getAll(List.of("a", "b"))).hasSize(2);

    assertThat(peer.requests()).containsExactly(List.of("a", "b"), List.of("b"));
    assertThat(group.stats().hits()).isOne();
  }
}
