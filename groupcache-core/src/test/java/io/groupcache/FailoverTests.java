package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.cache.Found;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is asked when the owner of a key can't answer. */
@Timeout(30)
class FailoverTests {

  private static final FakePeer DOWN =
      FakePeer.failing(() -> new PeerDownException("known to be down"));

  private final CountingGetter getter = CountingGetter.prefixing("local:");
  private final FakePeer unreachable =
      FakePeer.failing(() -> new PeerException("unreachable", null));
  private final FakePeer answering = FakePeer.answering(key -> "stand-in:" + key);

  @Test
  void theNextPeerIsAsked() {
    Group group = group(unreachable, answering);

    assertThat(group.getResult(GetContext.background(), "k"))
        .isEqualTo(new Found(ByteView.of("stand-in:k"), Source.PEER));
    assertThat(Stats.of(group)).isEqualTo(new Stats(1, 0, 1, 1, 0, 0, 1, 1, 0));
    assertThat(getter.calls()).isZero();
  }

  @Test
  void thenTheNextAndTheLastResortIsTheGetterHere() {
    FakePeer second = FakePeer.failing(() -> new IllegalStateException("broken"));
    FakePeer first = FakePeer.failing(() -> new PeerException("unreachable", null));
    Group group = group(unreachable, first, second);

    assertThat(group.get("k", Sinks.string())).isEqualTo("local:k");
    assertThat(first.requests()).hasSize(1);
    assertThat(second.requests()).hasSize(1);
    assertThat(group.stats().peerErrors()).isEqualTo(3);
  }

  @Test
  void aPeerKnownToBeDownIsPassedOverAndCountsAsNoFailedRequest() {
    Group group = group(DOWN, answering);

    assertThat(group.get("k", Sinks.string())).isEqualTo("stand-in:k");
    assertThat(group.stats().peerErrors()).isZero();
  }

  @Test
  void nobodyElseIsAskedWhatNoPeerCanAnswer() {
    FakePeer refusing = FakePeer.failing(() -> new PeerException("bad request", null, false));
    Group group = group(refusing, answering);

    assertThat(group.get("k", Sinks.string())).isEqualTo("local:k");
    assertThat(answering.requests()).isEmpty();
  }

  @Test
  void theLastWordOfAStandInIsLast() {
    FakePeer failing = FakePeer.failing(() -> new LoadException("disk", null));
    Group group = group(unreachable, failing, answering);

    assertThatThrownBy(() -> group.get("k")).isInstanceOf(LoadException.class).hasMessage("disk");
    assertThat(answering.requests()).isEmpty();
    assertThat(getter.calls()).isZero();
  }

  @Test
  void theOwnerIsAskedFirstAgainEachTime() {
    AtomicInteger requests = new AtomicInteger();
    FakePeer comesBack =
        new FakePeer((context, request) -> {
          if (requests.getAndIncrement() == 0) {
            throw new PeerException("unreachable", null);
          }
          return FakePeer.response("owner");
        });
    Group group = new GroupCache(FakeRing.of(comesBack, answering)).newGroup("g", 0, getter);

    assertThat(group.get("k", Sinks.string())).isEqualTo("stand-in:k");
    assertThat(group.get("k", Sinks.string())).isEqualTo("owner");
  }

  @Test
  void aPeerThatWaitsForItsDeadlineLeavesHalfOfTheTime() {
    FakePeer frozen =
        new FakePeer((context, request) -> {
          sleepUntilLeft(context, Duration.ZERO);
          throw new PeerException("no answer", null);
        });
    Group group = group(frozen, answering);

    assertThat(group.get(GetContext.background().withTimeout(Duration.ofSeconds(8)), "k"))
        .isEqualTo(ByteView.of("local:k"));
  }

  @Test
  void whoFailedAsTheOwnerIsNotAskedAgainAsAStandIn() {
    Group group =
        new GroupCache(FakeRing.of(unreachable, unreachable, answering))
            .newGroup("g", 1024, getter);

    assertThat(group.get("k", Sinks.string())).isEqualTo("stand-in:k");
    assertThat(unreachable.requests()).hasSize(1);
  }

  @Test
  void anInterruptedCallerAsksNobodyElse() {
    FakePeer interrupted =
        new FakePeer((context, request) -> {
          Thread.currentThread().interrupt();
          throw new PeerException("interrupted", null);
        });
    Group group = group(interrupted, answering);

    Throwable thrown = catchThrowable(() -> group.get("k"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown).isExactlyInstanceOf(GroupCacheException.class);
    assertThat(answering.requests()).isEmpty();
    assertThat(getter.calls()).isZero();
  }

  @Test
  void whenAllFailTheLocalFailureCarriesThemAll() {
    Group group =
        new GroupCache(FakeRing.of(unreachable, DOWN))
            .newGroup(
                "g",
                1024,
                (context, key, dest) -> {
                  throw new IllegalStateException("here too");
                });

    assertThat(catchThrowable(() -> group.get("k")).getSuppressed())
        .extracting(failure -> failure.getClass().getSimpleName())
        .containsExactly("PeerException", "PeerDownException");
  }

  @Test
  void aRequestThatEndsInTimeIsMadeInTheCallersThread() {
    Group group = new GroupCache(key -> new ThreadPeer(true)).newGroup("g", 1024, getter);
    GetContext hour = GetContext.background().withTimeout(Duration.ofHours(1));

    assertThat(group.get(hour, "k", Sinks.string())).isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void aRequestThatMayNotEndIsMadeInAnother() {
    Group group = new GroupCache(key -> new ThreadPeer(false)).newGroup("g", 1024, getter);
    GetContext hour = GetContext.background().withTimeout(Duration.ofHours(1));

    assertThat(group.get(hour, "k", Sinks.string())).startsWith("groupcache-load-");
  }

  @Test
  void callersThatComeWhileAStandInIsAskedShareItsAnswer() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    FakePeer gated =
        new FakePeer((context, request) -> {
          entered.countDown();
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return FakePeer.response("once");
        });
    Group group = group(unreachable, gated);
    Background<String> first = Background.run(() -> group.get("k", Sinks.string()));
    entered.await();
    Background<String> second = Background.run(() -> group.get("k", Sinks.string())).awaitWaiting();

    gate.countDown();

    assertThat(first.get()).isEqualTo("once");
    assertThat(second.get()).isEqualTo("once");
    assertThat(gated.requests()).hasSize(1);
    assertThat(unreachable.requests()).hasSize(1);
  }

  private static void sleepUntilLeft(GetContext context, Duration left) {
    while (context.remaining().orElseThrow().compareTo(left) > 0) {
      LockSupport.parkNanos(100_000);
    }
  }

  private Group group(FakePeer owner, FakePeer... standIns) {
    return new GroupCache(FakeRing.of(owner, standIns)).newGroup("g", 1024, getter);
  }

  /** Answers with the name of the thread that asks. */
  private record ThreadPeer(boolean endsInTime) implements ProtoGetter {

    @Override
    public GetResponse get(GetContext context, GetRequest request) {
      return FakePeer.response(Thread.currentThread().getName());
    }
  }
}
