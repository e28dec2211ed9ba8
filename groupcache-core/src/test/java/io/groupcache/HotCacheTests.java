package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Which of the two caches gives way. A key is as many bytes as it takes, in all, with its value:
 * {@code main-1:100} is loaded here, {@code hot-1:100} comes from a peer and is mirrored.
 */
@Timeout(30)
class HotCacheTests {

  private final FakePeer peer = FakePeer.answering(HotCacheTests::value);

  @Test
  void theHotCacheGivesWayWhenItHasMoreThanAnEighthOfTheMain() {
    Group group = filled(1000, 4, 6);

    group.get("main-new:100");

    assertHeld(group, 500, 500);
    assertEvictions(group, 0, 1);
    assertThat(source(group, "hot-1:100")).isEqualTo(Source.HOT); // the oldest has gone
    assertThat(group.cacheStats(CacheType.HOT).items()).isEqualTo(5);
  }

  @Test
  void theMainCacheGivesWayElse() {
    Group group = filled(1000, 9, 1);

    group.get("main-new:100");

    assertHeld(group, 900, 100);
    assertEvictions(group, 1, 0);
    assertThat(source(group, "hot-0:100")).isEqualTo(Source.HOT);
  }

  @Test
  void anEighthExactlyIsNotMore() {
    Group group = filled(899, 7, 1);

    group.get("main-new:100"); // would make 800 and 100

    assertHeld(group, 700, 100);
    assertEvictions(group, 1, 0);
  }

  @Test
  void aByteMoreThanAnEighthIsMore() {
    Group group = filled(899, 7, 0);
    group.get("hot-0:101");

    group.get("main-new:100"); // would make 800 and 101

    assertHeld(group, 800, 0);
    assertEvictions(group, 0, 1);
  }

  @Test
  void aSmallMirroredValueMakesRoomInAFullMainCache() {
    Group group = filled(1000, 10, 0);

    group.get("hot-new:50");

    assertHeld(group, 900, 50);
    assertEvictions(group, 1, 0);
  }

  @Test
  void aMirroredValueTooLargeBesideTheMainCacheIsDroppedAndEvictsNothing() {
    Group group = filled(1000, 8, 2);

    assertThat(group.get("hot-new:300").length()).isEqualTo(300 - "hot-new:300".length());

    assertHeld(group, 800, 200);
    assertEvictions(group, 0, 0);
    assertThat(source(group, "hot-new:300")).isEqualTo(Source.PEER);
  }

  @Test
  void aMirroredValueThatHasMadeRoomIsHeld() {
    Group group = filled(1000, 10, 0);

    group.get("hot-new:120"); // an eighth of 1000, but more than one of the 900 that leave room

    assertHeld(group, 800, 120);
    assertThat(source(group, "hot-new:120")).isEqualTo(Source.HOT);
  }

  @Test
  void aMirroredValueTakesThePlaceOfOlderOnes() {
    Group group = filled(1000, 5, 5);

    group.get("hot-new:200");

    assertHeld(group, 500, 500);
    assertEvictions(group, 0, 2);
    assertThat(source(group, "hot-new:200")).isEqualTo(Source.HOT);
  }

  @Test
  void theHotCacheMayHaveAllOfIt() {
    Group group = filled(1000, 0, 10);

    group.get("hot-new:100");

    assertHeld(group, 0, 1000);
    assertEvictions(group, 0, 1);
  }

  @Test
  void oneValueOfTheMainCacheMayTakeAllOfIt() {
    Group group = filled(1000, 0, 1);

    group.get("main-new:1000");

    assertHeld(group, 1000, 0);
    assertEvictions(group, 0, 1);
  }

  @Test
  void aKeyThatIsReadStaysLongest() {
    Group group = filled(1000, 0, 10);
    group.get("hot-0:100");

    group.get("hot-new:100");

    assertThat(source(group, "hot-0:100")).isEqualTo(Source.HOT);
    assertThat(source(group, "hot-1:100")).isEqualTo(Source.PEER);
  }

  @Test
  void aGroupOfNoBytesMirrorsNothing() {
    Group group = filled(0, 1, 1);

    assertHeld(group, 0, 0);
    assertThat(source(group, "hot-0:100")).isEqualTo(Source.PEER);
    assertThat(source(group, "main-0:100")).isEqualTo(Source.LOAD);
  }

  /** A group with that many entries of 100 bytes in each cache, where they fit. */
  private Group filled(long cacheBytes, int main, int hot) {
    Group group =
        new GroupCache(key -> key.startsWith("hot") ? peer : null, (key, response) -> true)
            .newGroup("g", cacheBytes, (context, key, dest) -> dest.setString(value(key)));
    for (int i = 0; i < main; i++) {
      group.get("main-" + i + ":100");
    }
    for (int i = 0; i < hot; i++) {
      group.get("hot-" + i + ":100");
    }
    return group;
  }

  private static String value(String key) {
    int size = Integer.parseInt(key.substring(key.indexOf(':') + 1));
    return "v".repeat(size - key.length());
  }

  private static Source source(Group group, String key) {
    return group.getResult(GetContext.background(), key).source();
  }

  private static void assertHeld(Group group, long main, long hot) {
    assertThat(group.cacheStats(CacheType.MAIN).bytes()).as("main").isEqualTo(main);
    assertThat(group.cacheStats(CacheType.HOT).bytes()).as("hot").isEqualTo(hot);
  }

  private static void assertEvictions(Group group, long main, long hot) {
    assertThat(group.cacheStats(CacheType.MAIN).evictions()).as("main").isEqualTo(main);
    assertThat(group.cacheStats(CacheType.HOT).evictions()).as("hot").isEqualTo(hot);
  }
}
