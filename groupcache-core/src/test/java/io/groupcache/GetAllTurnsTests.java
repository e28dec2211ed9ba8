package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keys of a get of many whose owner is down wait here for their turn: whoever else wants one, such
 * as the getter of one whose turn has come, does not wait for that turn.
 */
@Timeout(60)
class GetAllTurnsTests {

  private static final int KEYS = 3 * 64;
  private static final String OF_THE_FIRST = Integer.toString(2 * 64);

  private final AtomicReference<Group> group = new AtomicReference<>();
  private final List<String> keys = IntStream.range(0, KEYS).mapToObj(Integer::toString).toList();

  /** How a getter gets another key. */
  enum Nested {
    ALONE {
      @Override
      String get(Group group, String key) {
        return group.get(key).utf8();
      }
    },

    AMONG_MANY {
      @Override
      String get(Group group, String key) {
        return Objects.requireNonNull(group.getAll(List.of(key, key + "'")).get(key)).utf8();
      }
    };

    abstract String get(Group group, String key);
  }

  @ParameterizedTest
  @EnumSource
  void aGetterMayGetAKeyWhoseTurnComesLater(Nested nested) throws Exception {
    group.set(groupOf(BatchPeer.failing(unreachable()), ofTheNext(nested)));

    assertAllAreThere(getAll(), OF_THE_FIRST);
  }

  @ParameterizedTest
  @EnumSource
  void aGetterMayGetAKeyWhoseTurnComesLaterInEachOfTwoGets(Nested nested) throws Exception {
    group.set(groupOf(BatchPeer.failing(unreachable()), ofTheNext(nested)));

    Background<GetAllResult> another = Background.run(this::getAll);

    assertAllAreThere(getAll(), OF_THE_FIRST);
    assertAllAreThere(another.get(), OF_THE_FIRST);
  }

  private static PeerException unreachable() {
    return new PeerException("unreachable", null);
  }

  private static Group groupOf(BatchPeer owner, Getter getter) {
    return new GroupCache(FakeRing.of(owner)).newGroup("g", 0, getter);
  }

  /** Gives the last key that is so many times as many keys away as are loaded at a time. */
  private Getter ofTheNext(Nested nested) {
    return (context, key, dest) -> {
      int next = key.endsWith("'") ? KEYS : Integer.parseInt(key) + 64;
      dest.setString(next < KEYS ? nested.get(group.get(), Integer.toString(next)) : key);
    };
  }

  private GetAllResult getAll() {
    return group.get().getAll(GetContext.background().withTimeout(Duration.ofSeconds(20)), keys);
  }

  private void assertAllAreThere(GetAllResult all, String first) {
    assertThat(all.failures()).isEmpty();
    assertThat(all).containsOnlyKeys(keys).containsEntry(keys.get(0), ByteView.of(first));
  }
}
