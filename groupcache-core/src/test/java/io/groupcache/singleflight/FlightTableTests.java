package io.groupcache.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Background;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FlightTableTests {

  /** Keys of one hash, and so of one slot. */
  private static final List<String> TWINS = List.of("AaAa", "AaBB", "BBAa", "BBBB");

  private final SingleFlight<String, String> singleFlight = new SingleFlight<>();
  private final FlightTable<String, String> table = new FlightTable<>();

  /** How many of each there are. */
  private final AtomicIntegerArray there = new AtomicIntegerArray(TWINS.size());

  @Test
  void theFirstOfAKeyStaysUntilItIsRemoved() {
    Flight<String, String> first = flight("k");
    Flight<String, String> second = flight("k");

    assertThat(table.putIfAbsent(first)).isNull();
    assertThat(table.putIfAbsent(second)).isSameAs(first);
    table.remove(second);
    assertThat(table.get("k")).as("it was not there").isSameAs(first);
    table.remove(first);
    assertThat(table.get("k")).isNull();
    assertThat(table.putIfAbsent(second)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void oneOfASlotIsRemovedAndTheOthersStay(int removed) {
    List<Flight<String, String>> twins = putTwins();

    table.remove(twins.get(removed));

    assertThat(table.get(TWINS.get(removed))).isNull();
    twins.remove(removed);
    assertThat(twins).allSatisfy(twin -> assertThat(table.get(twin.key())).isSameAs(twin));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void oneOfASlotIsReplacedAndTheOthersStay(int replaced) {
    List<Flight<String, String>> twins = putTwins();
    Flight<String, String> old = twins.get(replaced);
    twins.set(replaced, flight(old.key()));

    assertThat(table.replace(old, twins.get(replaced))).isTrue();
    assertThat(table.replace(old, flight(old.key()))).as("it is not there any more").isFalse();

    assertThat(twins).allSatisfy(twin -> assertThat(table.get(twin.key())).isSameAs(twin));
  }

  @Test
  void manyThreadsSeeOneOfAKeyAtATime() throws Exception {
    List<Background<Integer>> users = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      users.add(Background.run(() -> use(random)));
    }

    for (Background<Integer> user : users) {
      assertThat(user.get()).isPositive();
    }
    TWINS.forEach(key -> assertThat(table.get(key)).as(key).isNull());
  }

  /** Puts and removes, and gives how often there was no other of the key. */
  private int use(SplittableRandom random) {
    int first = 0;
    for (int i = 0; i < 200_000; i++) {
      int twin = random.nextInt(TWINS.size());
      Flight<String, String> mine = flight(TWINS.get(twin));
      Flight<String, String> theirs = table.putIfAbsent(mine);
      if (theirs == null) {
        first++;
        assertThat(there.incrementAndGet(twin)).isOne();
        assertThat(table.get(mine.key())).isSameAs(mine);
        there.decrementAndGet(twin);
        table.remove(mine);
      } else {
        assertThat(theirs.key()).isEqualTo(mine.key());
      }
    }
    return first;
  }

  private List<Flight<String, String>> putTwins() {
    List<Flight<String, String>> twins = new ArrayList<>();
    TWINS.forEach(key -> twins.add(flight(key)));
    assertThat(twins).allSatisfy(twin -> assertThat(table.putIfAbsent(twin)).isNull());
    return twins;
  }

  private Flight<String, String> flight(String key) {
    return new Flight<>(key, singleFlight, Caller.patient(), null);
  }
}
