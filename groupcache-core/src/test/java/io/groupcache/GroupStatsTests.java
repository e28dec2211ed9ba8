package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each get is counted once, as what it was. */
@Timeout(30)
class GroupStatsTests {

  private static final GetContext AS_PEER = GetContext.background().asPeer();

  private final FakePeer peer = FakePeer.answering(key -> "v");
  private final Group group =
      new GroupCache(
              key -> key.startsWith("peer's") ? peer : null, (key, response) -> key.endsWith("hot"))
          .newGroup(
              "g",
              1024,
              (context, key, dest) -> {
                if (key.equals("missing")) {
                  throw new KeyNotFoundException(key);
                }
                dest.setString("v");
              });

  @Test
  void aNewGroupHasDoneNothing() {
    assertThat(Stats.of(group)).isEqualTo(new Stats(0, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(group.cacheStats(CacheType.HOT)).isEqualTo(new CacheStats(0, 0, 0, 0, 0));
  }

  @Test
  void aMissAndTwoHitsOfTheMainCache() {
    group.get("k");
    group.get("k");
    group.getResult(GetContext.background(), "k");

    assertThat(Stats.of(group)).isEqualTo(new Stats(3, 2, 1, 1, 1, 0, 0, 0, 0));
    assertThat(group.cacheStats(CacheType.MAIN)).isEqualTo(new CacheStats(2, 1, 3, 2, 0));
    assertThat(group.cacheStats(CacheType.HOT)).isEqualTo(new CacheStats(0, 0, 1, 0, 0));
  }

  @Test
  void aMissAndAHitOfTheHotCache() {
    group.get("peer's hot");
    assertThat(group.getResult(GetContext.background(), "peer's hot").source())
        .isEqualTo(Source.HOT);

    assertThat(Stats.of(group)).isEqualTo(new Stats(2, 1, 1, 1, 0, 0, 1, 0, 0));
    assertThat(group.cacheStats(CacheType.MAIN)).isEqualTo(new CacheStats(0, 0, 2, 0, 0));
    assertThat(group.cacheStats(CacheType.HOT)).isEqualTo(new CacheStats(11, 1, 2, 1, 0));
  }

  @Test
  void aValueThatIsNotMirroredComesFromThePeerEachTime() {
    group.get("peer's");
    group.get("peer's");

    assertThat(Stats.of(group)).isEqualTo(new Stats(2, 0, 2, 2, 0, 0, 2, 0, 0));
  }

  @Test
  void aFailedLoadIsAGetAndALoad() {
    assertThat(catchThrowable(() -> group.get("missing"))).isNotNull();

    assertThat(Stats.of(group)).isEqualTo(new Stats(1, 0, 1, 1, 0, 1, 0, 0, 0));
  }

  @Test
  void aPeersGetsAreGetsToo() {
    group.get(AS_PEER, "k"); // a load
    group.get(AS_PEER, "k"); // a hit
    group.get(AS_PEER, "peer's"); // not forwarded
    assertThat(catchThrowable(() -> group.get(AS_PEER, "missing"))).isNotNull();
    group.get("k");

    assertThat(Stats.of(group)).isEqualTo(new Stats(5, 2, 3, 3, 2, 1, 0, 0, 4));
    assertThat(peer.requests()).isEmpty();
  }
}
