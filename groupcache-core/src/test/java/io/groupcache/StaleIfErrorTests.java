package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is served when the time of a value is up and its getter fails. */
@Timeout(60)
class StaleIfErrorTests {

  private final RingOfPeers ring = RingOfPeers.of("a", "b");
  private volatile @Nullable RuntimeException failure;
  private List<Group> groups;
  private String key;

  @BeforeEach
  void expire() {
    groups =
        ring.groups(
            GroupOptions.ofCacheBytes(1000)
                .withTimeToLive(Duration.ofMillis(300))
                .withStaleIfError(Duration.ofHours(1)),
            (context, key, dest) -> {
              RuntimeException now = failure;
              if (now != null) {
                throw now;
              }
              dest.setString("old");
            });
    key = ring.keyOf("a");
    groups.get(0).get(key);
    groups.get(1).get(key);
    groups.forEach(
        group -> Eventually.holds(() -> group.getIfPresent(GetContext.background(), key) == null));
    failure = new IllegalStateException("down");
  }

  @AfterEach
  void close() {
    ring.close();
  }

  @Test
  void theOwnerServesWhatItHolds() {
    GetResult served = groups.get(0).getResult(GetContext.background(), key);

    assertStale(served);
    assertThat(groups.get(0).stats().stale()).isEqualTo(1);
    assertThat(groups.get(0).stats().loadsLocalErrors()).isEqualTo(1);
  }

  @Test
  void anAskerIsToldThatItIsStaleAndDoesNotMirrorItAnew() {
    GetResult served = groups.get(1).getResult(GetContext.background(), key);

    assertStale(served);
    assertThat(served.source()).isEqualTo(Source.PEER);
    assertThat(groups.get(1).getIfPresent(GetContext.background(), key)).isNull();
    assertThat(groups.get(1).stats().stale()).isEqualTo(1);
  }

  @Test
  void anAskerServesItsMirroredValueWhereTheOwnerHasNothingLeft() {
    groups.get(0).clear();
    failure = null;
    groups.get(1).get(key);
    failure = new IllegalStateException("down");
    Eventually.holds(() -> groups.get(1).getIfPresent(GetContext.background(), key) == null);
    ring.peer("a").close();
    RingPeer successor = ring.add("a", List.of("a", "b")); // which holds nothing
    successor.newGroup(
        GroupOptions.ofCacheBytes(1000),
        (context, any, dest) -> {
          throw new IllegalStateException("down");
        });
    ring.awaitJoined();

    assertStale(groups.get(1).getResult(GetContext.background(), key));
  }

  @Test
  void aKeyThatDoesNotExistAnyMoreIsNotServed() {
    failure = new KeyNotFoundException(key);

    for (Group group : groups) {
      assertThatThrownBy(() -> group.get(key)).isInstanceOf(KeyNotFoundException.class);
    }

    failure = new IllegalStateException("down");
    for (Group group : groups) {
      assertThatThrownBy(() -> group.get(key)).isInstanceOf(LoadException.class);
    }
  }

  @Test
  void aGetOfManyServesIt() {
    for (Group group : groups) {
      GetAllResult served = group.getAll(List.of(key));

      assertStale(served.result(key));
      assertThat(group.stats().stale()).isPositive();
    }
  }

  @Test
  void aRemovedKeyHasNothingThatIsServed() {
    groups.get(1).remove(key);

    for (Group group : groups) {
      assertThatThrownBy(() -> group.get(key)).isInstanceOf(LoadException.class);
    }
  }

  private static void assertStale(@Nullable GetResult served) {
    assertThat(Objects.requireNonNull(served).value()).isEqualTo(ByteView.of("old"));
    assertThat(served.isStale()).isTrue();
    assertThat(served.timeToLive()).hasValue(Duration.ZERO);
  }
}
