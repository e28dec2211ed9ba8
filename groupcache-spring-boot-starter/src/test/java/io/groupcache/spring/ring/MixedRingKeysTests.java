package io.groupcache.spring.ring;

import static io.groupcache.spring.ring.PeerApplication.KEYS;
import static io.groupcache.spring.ring.PeerApplication.VALUES;
import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.ring.GoRules.Load;
import io.groupcache.spring.ring.PeerCommand.Language;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys of all kinds in a ring of Go and Java peers. */
@Timeout(120)
@ExtendWith(MixedRing.class)
class MixedRingKeysTests {

  private final Ring ring;

  MixedRingKeysTests(Ring ring) {
    this.ring = ring;
  }

  @Test
  void allPeersAgreeOnTheOwnerOfEveryKey() {
    for (String key : OddKeys.all()) {
      assertThat(ring.peers())
          .as("owner of '%s'", key)
          .extracting(peer -> peer.owner(key))
          .containsOnly(ring.owner(key).url());
    }
  }

  @Test
  void everyKeyIsLoadedOnceByItsOwnerButForTheRulesOfGo() {
    GoRules rules = new GoRules(ring);
    Map<Load, Integer> expectedRuns = new HashMap<>();
    SoftAssertions softly = new SoftAssertions();
    for (String key : OddKeys.all()) {
      for (Peer peer : ring.peers()) {
        Load load = rules.load(peer, key);
        expectedRuns.put(load, 1); // all gets but the first are hits
        softly
            .assertThat(peer.get(KEYS, key))
            .as("'%s' of %s, through %s", key, ring.owner(key), peer)
            .isEqualTo(Answer.value(TestGetter.value(KEYS, load.key())));
      }
    }
    softly.assertAll();
    Map<Load, Integer> runs = runs(KEYS);
    assertThat(difference(runs, expectedRuns)).as("runs that should not have been").isEmpty();
    assertThat(difference(expectedRuns, runs)).as("runs that should have been").isEmpty();
  }

  /** Not ours to change: as golang/groupcache has it. */
  @Test
  void aGoPeerReadsASpaceOfAnotherGoPeerAsAPlus() {
    Peer owner = ring.first(Language.GO);
    Peer asker = ring.other(Language.GO, owner);
    String key = ring.keyOf(owner, "a space ");

    assertThat(asker.get(VALUES, key))
        .isEqualTo(Answer.value(TestGetter.value(VALUES, key.replace(' ', '+'))));
    assertThat(owner.runs(VALUES, key)).isZero();
    for (Peer peer : List.of(ring.first(Language.JAVA), owner)) {
      assertThat(peer.get(VALUES, key)).isEqualTo(Answer.value(TestGetter.value(VALUES, key)));
    }
    assertThat(ring.runs(VALUES, key)).isEqualTo(1);
  }

  @Test
  void aKeyThatIsNoTextIsRefusedByAJavaOwnerAndLoadedByTheGoAsker() {
    Peer asker = ring.first(Language.GO);
    Peer java = ring.first(Language.JAVA);
    String query =
        IntStream.range(0, 1000)
            .mapToObj(i -> "key=ff" + Hex.encode("" + i))
            .filter(key -> asker.require("/test/owner?" + key).equals(java.url()))
            .findFirst()
            .orElseThrow();

    asker.require("/test/get?group=" + Hex.encode(VALUES) + "&" + query);
    assertThat(java.runs(VALUES).keySet()).noneMatch(key -> key.startsWith("\uFFFD"));
    assertThat(asker.runs(VALUES).keySet()).anyMatch(key -> key.startsWith("\uFFFD"));
  }

  private Map<Load, Integer> runs(String group) {
    Map<Load, Integer> runs = new HashMap<>();
    for (Peer peer : ring.peers()) {
      peer.runs(group).forEach((key, count) -> runs.put(new Load(peer, key), count));
    }
    return runs;
  }

  private static Set<Map.Entry<Load, Integer>> difference(
      Map<Load, Integer> all, Map<Load, Integer> without) {
    Set<Map.Entry<Load, Integer>> rest = new HashSet<>(all.entrySet());
    rest.removeAll(without.entrySet());
    return rest;
  }
}
