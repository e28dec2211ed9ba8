package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That there is no such key is remembered, where a group says how long. */
@Timeout(60)
class NotFoundMemoryTests {

  private final ConcurrentMap<String, String> rows = new ConcurrentHashMap<>();
  private final RingOfPeers ring = RingOfPeers.of("a", "b");
  private final CountingGetter getter =
      new CountingGetter((context, key, dest) -> {
        String row = rows.get(key);
        if (row == null) {
          throw new KeyNotFoundException(key.startsWith("other-") ? "another" : key);
        }
        dest.setString(row);
      });

  @AfterEach
  void close() {
    ring.close();
  }

  @Test
  void theGetterIsNotAskedAgain() {
    Group owner = remembering(Duration.ofHours(1)).get(0);
    String key = ring.keyOf("a");

    assertNotFound(owner, key);
    assertNotFound(owner, key);

    assertThat(getter.calls()).isEqualTo(1);
    assertThat(owner.stats().notFound()).isEqualTo(1);
    assertThat(owner.stats().hits()).isEqualTo(1);
  }

  @Test
  void theOwnerTellsOtherPeersFromMemory() {
    List<Group> groups = remembering(Duration.ofHours(1));
    String key = ring.keyOf("a");
    assertNotFound(groups.get(0), key);

    assertNotFound(groups.get(1), key);

    assertThat(getter.calls()).isEqualTo(1);
  }

  @Test
  void aGetOfManyIsToldFromMemoryToo() {
    Group owner = remembering(Duration.ofHours(1)).get(0);
    String key = ring.keyOf("a");
    assertNotFound(owner, key);

    GetAllResult all = owner.getAll(List.of(key));

    assertThat(all.failures().get(key)).isInstanceOf(KeyNotFoundException.class);
    assertThat(all.get(key)).isNull();
    assertThat(getter.calls()).isEqualTo(1);
    assertThat(owner.stats().notFound()).isEqualTo(1);
  }

  @Test
  void itIsForgottenWhenItsTimeIsUp() {
    Group owner = remembering(Duration.ofMillis(20)).get(0);
    String key = ring.keyOf("a");
    assertNotFound(owner, key);
    rows.put(key, "there");

    Eventually.holds(() -> {
      try {
        return owner.get(key).length() > 0;
      } catch (KeyNotFoundException still) {
        return false;
      }
    });
  }

  @Test
  void aRemovalForgetsIt() {
    List<Group> groups = remembering(Duration.ofHours(1));
    String key = ring.keyOf("a");
    assertNotFound(groups.get(0), key);
    rows.put(key, "there");

    assertThat(groups.get(1).remove(key).isComplete()).isTrue();

    assertThat(groups.get(0).get(key, Sinks.string())).isEqualTo("there");
  }

  @Test
  void aMissingKeyOfAnotherGroupSaysNothingOfThisOne() {
    Group owner = remembering(Duration.ofHours(1)).get(0);
    String key = ring.keysOf("a", 1).stream().map(any -> "other-" + any).findAny().orElseThrow();
    ring.peer("a").sees("a");

    assertNotFound(owner, key);
    assertNotFound(owner, key);

    assertThat(getter.calls()).isEqualTo(2);
    assertThat(owner.stats().notFound()).isZero();
  }

  @Test
  void withoutATimeForItNothingIsRemembered() {
    Group owner = remembering(Duration.ZERO).get(0);
    String key = ring.keyOf("a");

    assertNotFound(owner, key);
    assertNotFound(owner, key);

    assertThat(getter.calls()).isEqualTo(2);
  }

  private List<Group> remembering(Duration time) {
    return ring.groups(GroupOptions.ofCacheBytes(1000).withNotFoundTimeToLive(time), getter);
  }

  private static void assertNotFound(Group group, String key) {
    assertThatThrownBy(() -> group.get(key)).isInstanceOf(KeyNotFoundException.class);
  }
}
