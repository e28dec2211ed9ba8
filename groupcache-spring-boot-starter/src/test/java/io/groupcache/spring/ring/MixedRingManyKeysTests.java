package io.groupcache.spring.ring;

import static io.groupcache.spring.ring.PeerApplication.VALUES;
import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.ring.PeerCommand.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many keys at once in a ring of Go peers, which know no such request, and of Java peers. */
@Timeout(120)
@ExtendWith(MixedRing.class)
class MixedRingManyKeysTests {

  private final Ring ring;
  private final Peer asker;

  MixedRingManyKeysTests(Ring ring) {
    this.ring = ring;
    this.asker = ring.first(Language.JAVA);
  }

  @ParameterizedTest
  @EnumSource
  void manyCallersGetTheirOwnFromAnOwnerOfEachKind(Language language) {
    Peer owner = language.isGo() ? ring.first(language) : ring.other(language, asker);
    double peerErrors = peerErrors();
    for (int round = 0; round < 5; round++) {
      List<String> keys = ring.keysOf(owner, language + " gathers " + round + " ", 32);

      assertThat(ask("get-each", keys)).containsExactlyElementsOf(values(keys));
      assertThat(keys).allSatisfy(key -> assertThat(owner.runs(VALUES, key)).isEqualTo(1));
    }
    assertThat(peerErrors()).isEqualTo(peerErrors);
  }

  @Test
  void aGetOfManyFindsThemAllWhoeverOwnsThem() {
    double peerErrors = peerErrors();
    List<String> keys = new ArrayList<>();
    for (Peer owner : ring.peers()) {
      keys.addAll(ring.keysOf(owner, "many ", 10));
    }

    assertThat(ask("get-all", keys)).containsExactlyElementsOf(values(keys));

    assertThat(keys).allSatisfy(key -> assertThat(ring.runs(VALUES, key)).isEqualTo(1));
    assertThat(keys).allSatisfy(key -> assertThat(ring.owner(key).runs(VALUES, key)).isEqualTo(1));
    assertThat(peerErrors()).isEqualTo(peerErrors);
  }

  private List<String> ask(String what, List<String> keys) {
    String query =
        keys.stream().map(key -> "&keys=" + Hex.encode(key)).collect(Collectors.joining());
    return asker
        .require("/test/" + what + "?group=" + Hex.encode(VALUES) + query)
        .lines()
        .map(Hex::decode)
        .toList();
  }

  private static List<String> values(List<String> keys) {
    return keys.stream().map(key -> TestGetter.value(VALUES, key)).toList();
  }

  private double peerErrors() {
    return asker.meter("groupcache.peer.errors", VALUES);
  }
}
