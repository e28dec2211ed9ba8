package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChangeListenerTests {

  private static final String URL = "http://other:1";

  private final Other other = new Other();
  private final List<String> told = new ArrayList<>();
  private final GroupCache groupCache =
      GroupCache.builder(new RingOfTwo(other))
          .onChange((group, invalidation) -> told.add(group + " " + invalidation))
          .build();
  private final Group group =
      groupCache.newGroup("prices", 1000, (context, key, dest) -> dest.setString(key));

  @AfterEach
  void close() {
    groupCache.close();
  }

  @Test
  void isToldOfEachChangeHowFarItHasGot() {
    other.answer = () -> Optional.of(Exchange.getDefaultInstance());
    group.remove("a");
    group.set("a", ByteView.of("b"));
    other.answer = Other::fail;
    Invalidation pending = group.clear();

    assertThat(told)
        .containsExactly("prices complete", "prices complete", "prices pending on [" + URL + "]");
    assertThat(pending.pendingForGood()).isEmpty();
  }

  @Test
  void aPeerThatKnowsNoChangeIsPendingForGood() {
    Invalidation pending = group.removeAll(List.of("a", "b"));

    assertThat(pending.pendingPeers()).containsExactly(URL);
    assertThat(pending.pendingForGood()).containsExactly(URL);
  }

  @Test
  void aPeerThatIsReplacedByOneThatKnowsChangesIsNot() {
    group.remove("a");
    other.answer = () -> Optional.of(Exchange.getDefaultInstance());
    assertThat(group.remove("a").isComplete()).isTrue();
    other.answer = Other::fail;

    assertThat(group.remove("a").pendingPeers()).containsExactly(URL);
    assertThat(group.remove("a").pendingForGood()).isEmpty();
  }

  @Test
  void whatItThrowsReachesTheCallerOfAChangeThatIsDone() {
    try (GroupCache strict =
        GroupCache.builder(PeerPicker.none())
            .onChange((group, invalidation) -> {
              throw new IllegalStateException("not now");
            })
            .build()) {
      Group prices =
          strict.newGroup("prices", 1000, (context, key, dest) -> dest.setString("loaded"));
      prices.get("a");

      assertThatThrownBy(() -> prices.remove("a")).hasMessage("not now");
      assertThat(prices.cacheStats(CacheType.MAIN).items()).isZero();
    }
  }

  private static final class Other implements ProtoGetter {

    private volatile Supplier<Optional<Exchange>> answer = Optional::empty;

    @Override
    public GetResponse get(GetContext context, GetRequest request) {
      throw new IllegalStateException("It is asked for nothing");
    }

    @Override
    public Optional<Exchange> exchange(Exchange said, Duration timeout) {
      return answer.get();
    }

    static Optional<Exchange> fail() {
      throw new IllegalStateException("It can't be reached");
    }
  }

  private record RingOfTwo(ProtoGetter other) implements PeerPicker {

    @Override
    public @Nullable ProtoGetter pickPeer(String key) {
      return null;
    }

    @Override
    public Optional<Map<String, ProtoGetter>> others() {
      return Optional.of(Map.of(URL, other));
    }
  }
}
