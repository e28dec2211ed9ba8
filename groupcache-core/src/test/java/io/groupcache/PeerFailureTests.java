package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.groupcache.internal.cache.Found;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller gets when the owner of its key can't answer. */
@Timeout(30)
class PeerFailureTests {

  private final CountingGetter getter = CountingGetter.prefixing("local:");

  static List<RuntimeException> failures() {
    return List.of(
        new PeerException("unreachable", new IOException("refused")),
        new GroupCacheException("of another kind", null),
        new DeadlineExceededException("the peer's, not the caller's"),
        new IllegalStateException("the client is closed"),
        new NullPointerException());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsCountedAndTheValueLoadedHere(RuntimeException failure) {
    Group group = groupWhoseOwner(FakePeer.failing(() -> failure));

    assertThat(group.getResult(GetContext.background(), "k"))
        .isEqualTo(new Found(ByteView.of("local:k"), Source.LOAD));
    assertThat(Stats.of(group)).isEqualTo(new Stats(1, 0, 1, 1, 1, 0, 0, 1, 0));
    assertThat(group.getResult(GetContext.background(), "k").source()).isEqualTo(Source.MAIN);
  }

  @Test
  @SuppressWarnings("NullAway")
  void noAnswerAtAllIsAFailureToo() {
    Group group = groupWhoseOwner(new FakePeer((context, request) -> null));

    assertThat(group.get("k", Sinks.string())).isEqualTo("local:k");
    assertThat(Stats.of(group)).isEqualTo(new Stats(1, 0, 1, 1, 1, 0, 0, 1, 0));
  }

  @Test
  void anErrorOfTheClientIsAFailureToo() {
    Group group =
        groupWhoseOwner(
            new FakePeer((context, request) -> {
              throw new NoClassDefFoundError("an interceptor's");
            }));

    assertThat(group.get("k", Sinks.string())).isEqualTo("local:k");
    assertThat(Stats.of(group)).isEqualTo(new Stats(1, 0, 1, 1, 1, 0, 0, 1, 0));
  }

  @Test
  void theOwnersFailedLoadIsItsLastWord() {
    Group group = groupWhoseOwner(FakePeer.failing(() -> new LoadException("disk", null)));

    assertThatThrownBy(() -> group.get("k")).isInstanceOf(LoadException.class).hasMessage("disk");

    assertThat(getter.calls()).isZero();
    assertThat(Stats.of(group)).isEqualTo(new Stats(1, 0, 1, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void theOwnersMissingKeyIsItsLastWord() {
    Group group = groupWhoseOwner(FakePeer.failing(() -> new KeyNotFoundException("k")));

    assertThatThrownBy(() -> group.get("k")).isInstanceOf(KeyNotFoundException.class);

    assertThat(getter.calls()).isZero();
    assertThat(group.stats().peerErrors()).isZero();
  }

  @Test
  void whenBothFailTheLocalFailureCarriesThePeers() {
    PeerException peers = new PeerException("unreachable", null);
    IOException here = new IOException("disk");
    Group group =
        new GroupCache(FakePeer.failing(() -> peers).ownsAll())
            .newGroup(
                "g",
                1024,
                (context, key, dest) -> {
                  throw here;
                });

    Throwable thrown = catchThrowable(() -> group.get("k"));

    assertThat(thrown).isInstanceOf(LoadException.class).hasCause(here);
    assertThat(thrown.getSuppressed()).containsExactly(peers);
    assertThat(Stats.of(group)).isEqualTo(new Stats(1, 0, 1, 1, 0, 1, 0, 1, 0));
  }

  @Test
  void aKeyThatIsNotFoundHereIsNotFoundWhateverThePeer() {
    Group group =
        new GroupCache(FakePeer.failing(() -> new PeerException("unreachable", null)).ownsAll())
            .newGroup(
                "g",
                1024,
                (context, key, dest) -> {
                  throw new KeyNotFoundException(key);
                });

    assertThatThrownBy(() -> group.get("k")).isInstanceOf(KeyNotFoundException.class);
  }

  @Test
  void aLocalLoadAfterAFailureJoinsThePeersRequestForTheKey() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    CountingGetter gated =
        new CountingGetter((context, key, dest) -> {
          entered.countDown();
          gate.await();
          dest.setString("once");
        });
    FakePeer peer = FakePeer.failing(() -> new PeerException("unreachable", null));
    Group group = new GroupCache(peer.ownsAll()).newGroup("g", 1024, gated);
    GetContext asPeer = GetContext.background().asPeer();

    Background<String> served = Background.run(() -> group.get(asPeer, "k", Sinks.string()));
    entered.await();
    Background<String> caller = Background.run(() -> group.get("k", Sinks.string())).awaitWaiting();
    gate.countDown();

    assertThat(served.get()).isEqualTo("once");
    assertThat(caller.get()).isEqualTo("once");
    assertThat(gated.calls()).isOne();
    assertThat(peer.requests()).hasSize(1);
  }

  @Test
  void eachMissAsksTheOwnerAgainSoThatItCanComeBack() {
    FakePeer peer = FakePeer.failing(() -> new PeerException("unreachable", null));
    Group group = new GroupCache(peer.ownsAll()).newGroup("g", 0, getter);

    group.get("k");
    group.get("k");

    assertThat(peer.requests()).hasSize(2);
    assertThat(group.stats().peerErrors()).isEqualTo(2);
  }

  private Group groupWhoseOwner(FakePeer owner) {
    return new GroupCache(owner.ownsAll()).newGroup("g", 1024, getter);
  }
}
