package io.groupcache.spring.ring;

import static io.groupcache.spring.ring.PeerApplication.ESCAPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.ring.PeerCommand.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Go and Java peers that ask each other, in a group whose name has to be escaped. */
@Timeout(120)
@ExtendWith(MixedRing.class)
class MixedRingErrorsTests {

  private final Ring ring;
  private final Peer java;
  private final Peer otherJava;
  private final Peer go;

  MixedRingErrorsTests(Ring ring) {
    this.ring = ring;
    this.java = ring.first(Language.JAVA);
    this.otherJava = ring.other(Language.JAVA, java);
    this.go = ring.first(Language.GO);
  }

  @Test
  void goReadsFromJava() {
    String key = ring.keyOf(java, "Go reads ");

    assertThat(go.get(ESCAPED, key)).isEqualTo(Answer.value(TestGetter.value(ESCAPED, key)));
    assertThat(java.runs(ESCAPED, key)).isEqualTo(1);
    assertThat(go.runs(ESCAPED, key)).isZero();
  }

  @Test
  void javaReadsFromGo() {
    String key = ring.keyOf(go, "Java reads ");

    assertThat(java.get(ESCAPED, key)).isEqualTo(Answer.value(TestGetter.value(ESCAPED, key)));
    assertThat(go.runs(ESCAPED, key)).isEqualTo(1);
    assertThat(java.runs(ESCAPED, key)).isZero();
  }

  /** Not ours to change: the space of the group's name arrives as a plus, at no group. */
  @Test
  void goDoesNotFindAGroupWithASpaceInGo() {
    String key = ring.keyOf(go, "Go-reads-");
    Peer asker = ring.other(Language.GO, go);

    assertThat(asker.get(ESCAPED, key)).isEqualTo(Answer.value(TestGetter.value(ESCAPED, key)));
    assertThat(asker.runs(ESCAPED, key)).isEqualTo(1);
    assertThat(go.runs(ESCAPED, key)).isZero();
  }

  @Test
  void whatFailedInJavaIsNotTriedAgainByJava() {
    String key = ring.keyOf(java, "fail:");
    double peerErrors = peerErrors(otherJava);

    assertThat(otherJava.get(ESCAPED, key)).satisfies(MixedRingErrorsTests::isLoadException);
    assertThat(java.runs(ESCAPED, key)).isEqualTo(1);
    assertThat(otherJava.runs(ESCAPED, key)).isZero();
    assertThat(peerErrors(otherJava)).isEqualTo(peerErrors);
  }

  @Test
  void whatFailedInJavaIsTriedAgainByGo() {
    String key = ring.keyOf(java, "fail:Go asks ");

    assertThat(go.get(ESCAPED, key)).satisfies(MixedRingErrorsTests::isErrorOfGo);
    assertThat(java.runs(ESCAPED, key)).isEqualTo(1);
    assertThat(go.runs(ESCAPED, key)).isEqualTo(1);
  }

  @Test
  void whatFailedInGoIsTriedAgainByJava() {
    String key = ring.keyOf(go, "fail:");
    double peerErrors = peerErrors(java);

    assertThat(java.get(ESCAPED, key)).satisfies(MixedRingErrorsTests::isLoadException);
    assertThat(go.runs(ESCAPED, key)).isEqualTo(1);
    assertThat(java.runs(ESCAPED, key)).isEqualTo(1);
    assertThat(peerErrors(java)).isEqualTo(peerErrors + 1);
  }

  @Test
  void whatJavaDoesNotFindIsNotLookedForAgainByJava() {
    String key = ring.keyOf(java, "missing:");

    assertThat(otherJava.get(ESCAPED, key)).satisfies(MixedRingErrorsTests::isKeyNotFound);
    assertThat(java.runs(ESCAPED, key)).isEqualTo(1);
    assertThat(otherJava.runs(ESCAPED, key)).isZero();
  }

  @Test
  void whatJavaDoesNotFindIsLookedForAgainByGo() {
    String key = ring.keyOf(java, "missing:Go asks ");

    assertThat(go.get(ESCAPED, key)).satisfies(MixedRingErrorsTests::isErrorOfGo);
    assertThat(java.runs(ESCAPED, key)).isEqualTo(1);
    assertThat(go.runs(ESCAPED, key)).isEqualTo(1);
  }

  @Test
  void whatGoDoesNotFindIsLookedForAgainByJava() {
    String key = ring.keyOf(go, "missing:");

    assertThat(java.get(ESCAPED, key)).satisfies(MixedRingErrorsTests::isKeyNotFound);
    assertThat(go.runs(ESCAPED, key)).isEqualTo(1);
    assertThat(java.runs(ESCAPED, key)).isEqualTo(1);
  }

  private static double peerErrors(Peer peer) {
    return peer.meter("groupcache.peer.errors", ESCAPED);
  }

  private static void isLoadException(Answer answer) {
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).startsWith("io.groupcache.LoadException").contains("told to fail");
  }

  private static void isKeyNotFound(Answer answer) {
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).startsWith("io.groupcache.KeyNotFoundException");
  }

  private static void isErrorOfGo(Answer answer) {
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).matches("(told to fail for|there is no) .*\n");
  }
}
