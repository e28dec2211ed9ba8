package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GetContextTests {

  private final GetContext background = GetContext.background();

  @Test
  void theBackgroundCarriesNothing() {
    assertThat(background.remaining()).isEmpty();
    assertThat(background.attributes()).isEmpty();
    assertThat(background.fromPeer()).isFalse();
  }

  @Test
  void aDeadlineCanOnlyComeCloser() {
    GetContext hour = background.withTimeout(Duration.ofHours(1));

    assertThat(hour.withTimeout(Duration.ofHours(9)).remaining().orElseThrow())
        .isLessThanOrEqualTo(Duration.ofHours(1))
        .isGreaterThan(Duration.ofMinutes(30));
    assertThat(hour.withTimeout(Duration.ofMinutes(1)).remaining().orElseThrow())
        .isLessThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aDeadlineThatHasPassedLeavesNothing() {
    assertThat(background.withTimeout(Duration.ZERO).remaining()).contains(Duration.ZERO);
    assertThat(background.withTimeout(Duration.ofDays(-1)).remaining()).contains(Duration.ZERO);
    assertThat(background.withTimeout(Duration.ZERO).withTimeout(Duration.ofDays(1)).remaining())
        .contains(Duration.ZERO);
  }

  @Test
  void aTimeoutLongerThanTheClockIsAVeryLongOne() {
    GetContext eternal = background.withTimeout(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(eternal.remaining().orElseThrow()).isGreaterThan(Duration.ofDays(365));
  }

  @Test
  void attributesAreFoundByNameAndType() {
    GetContext context = background.withAttribute("user", "ann").withAttribute("n", 1);

    assertThat(context.attribute("user", String.class)).contains("ann");
    assertThat(context.attribute("user", Integer.class)).isEmpty();
    assertThat(context.attribute("other", String.class)).isEmpty();
    assertThat(context.withAttribute("user", "bob").attribute("user", String.class))
        .contains("bob");
    assertThat(context.attribute("user", String.class)).contains("ann");
    assertThatThrownBy(() -> context.attributes().put("x", "y"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void whatIsAddedLosesNothing() {
    GetContext context =
        background.asPeer().withAttribute("a", 1).withTimeout(Duration.ofHours(1)).asPeer();

    assertThat(context.fromPeer()).isTrue();
    assertThat(context.attributes()).containsEntry("a", 1);
    assertThat(context.withAttribute("b", 2).remaining()).isPresent();
    assertThat(context.withAttribute("b", 2).fromPeer()).isTrue();
  }

  @Test
  void theGetterGetsTheContextOfTheGet() {
    AtomicReference<GetContext> seen = new AtomicReference<>();
    Group group =
        new GroupCache(PeerPicker.none())
            .newGroup(
                "g",
                0,
                (context, key, dest) -> {
                  seen.set(context);
                  dest.setString("");
                });
    GetContext context = background.withAttribute("a", 1).asPeer();

    group.get(context, "k");

    assertThat(seen.get().attributes()).isEqualTo(context.attributes());
    assertThat(seen.get().fromPeer()).isTrue();
  }

  @Test
  void aGetterForAPeerAsksOtherGroupsAsAnyCallerDoes() {
    FakePeer peer = FakePeer.answering(key -> "from its owner");
    GroupCache groupCache = new GroupCache(peer.ownsAll());
    Group inner = groupCache.newGroup("inner", 0, CountingGetter.prefixing("local"));
    Group outer =
        groupCache.newGroup(
            "outer", 0, (context, key, dest) -> dest.setView(inner.get(context, key)));

    assertThat(outer.get(background.asPeer(), "k", Sinks.string())).isEqualTo("from its owner");
    assertThat(inner.stats().serverRequests()).isZero();
    assertThat(outer.stats().serverRequests()).isOne();
  }

  @Test
  void thePeerGetsTheContextOfTheGetWithHalfOfItsTime() {
    AtomicReference<GetContext> seen = new AtomicReference<>();
    FakePeer peer =
        new FakePeer((context, request) -> {
          seen.set(context);
          return FakePeer.response("x");
        });
    Group group = new GroupCache(peer.ownsAll()).newGroup("g", 0, CountingGetter.prefixing(""));

    group.get(background, "k");
    assertThat(seen.get().remaining()).isEmpty();

    group.get(background.withTimeout(Duration.ofHours(1)).withAttribute("trace", 7), "k");
    assertThat(seen.get().attribute("trace", Integer.class)).contains(7);
    assertThat(seen.get().remaining().orElseThrow())
        .isBetween(Duration.ofMinutes(25), Duration.ofMinutes(30));
  }
}
