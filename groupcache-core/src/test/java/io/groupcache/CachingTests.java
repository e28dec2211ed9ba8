package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.internal.cache.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CachingTests {

  private static final int LIMIT = 1 << 16;

  private final GroupCache groupCache = new GroupCache(PeerPicker.none());

  @Test
  void tenGetsFillOnce() {
    CountingGetter getter = CountingGetter.prefixing("ECHO:");
    Group group = groupCache.newGroup("strings", LIMIT, getter);

    for (int i = 0; i < 10; i++) {
      assertThat(group.get("TestCaching-key", Sinks.string())).isEqualTo("ECHO:TestCaching-key");
    }

    assertThat(getter.calls()).isOne();
  }

  @Test
  void aFloodEvictsAndTheKeyIsRefilledOnce() {
    CountingGetter getter = CountingGetter.prefixing("ECHO:");
    Group group = groupCache.newGroup("strings", LIMIT, getter);
    group.get("wanted");

    int flooded = 0;
    int keys = 0;
    while (flooded < LIMIT + 1024) {
      flooded += group.get("key-" + keys++).length();
    }
    assertThat(group.cacheStats(CacheType.MAIN).evictions()).isPositive();

    int before = getter.calls();
    assertThat(group.get("wanted", Sinks.string())).isEqualTo("ECHO:wanted");
    assertThat(group.get("wanted", Sinks.string())).isEqualTo("ECHO:wanted");
    assertThat(getter.calls() - before).isOne();
  }

  @Test
  void theBytesOfAKeyAreItsUtf8Bytes() {
    Group group =
        groupCache.newGroup("g", LIMIT, (context, key, dest) -> dest.setBytes(new byte[5]));

    group.get("zażółć 日本 😀");

    assertThat(group.cacheStats(CacheType.MAIN).bytes()).isEqualTo(10 + 1 + 6 + 1 + 4 + 5);
    assertThat(group.cacheStats(CacheType.MAIN).items()).isOne();
  }

  @Test
  void aValueOfExactlyTheLimitIsHeld() {
    Group group = sized("1234", 100);

    group.get("1234");

    assertThat(group.cacheStats(CacheType.MAIN)).isEqualTo(new CacheStats(100, 1, 1, 0, 0));
  }

  @Test
  void aValueLargerThanTheLimitIsReturnedAndEvictsNothing() {
    CountingGetter getter =
        new CountingGetter(
            (context, key, dest) -> dest.setBytes(new byte[key.equals("huge") ? 97 : 20]));
    Group group = groupCache.newGroup("g", 100, getter);
    group.get("a");
    group.get("b");

    assertThat(group.get("huge").length()).isEqualTo(97);
    assertThat(group.get("huge").length()).isEqualTo(97);

    assertThat(getter.calls()).isEqualTo(4);
    assertThat(group.getResult(GetContext.background(), "a").source()).isEqualTo(Source.MAIN);
    assertThat(group.getResult(GetContext.background(), "b").source()).isEqualTo(Source.MAIN);
    assertThat(group.cacheStats(CacheType.MAIN).evictions()).isZero();
  }

  @Test
  void aGroupOfNoBytesHoldsNothing() {
    CountingGetter getter = CountingGetter.prefixing("");
    Group group = groupCache.newGroup("g", 0, getter);

    assertThat(group.get("k", Sinks.string())).isEqualTo("k");
    assertThat(group.get("k", Sinks.string())).isEqualTo("k");
    assertThat(getter.calls()).isEqualTo(2);
    assertThat(group.cacheStats(CacheType.MAIN).items()).isZero();
  }

  @Test
  void aGroupOfNoBytesHoldsNotEvenTheEmptyValueOfTheEmptyKey() {
    CountingGetter getter = CountingGetter.prefixing("");
    Group group = groupCache.newGroup("g", 0, getter);

    assertThat(group.get("").isEmpty()).isTrue();
    assertThat(group.get("").isEmpty()).isTrue();
    assertThat(getter.calls()).isEqualTo(2);
    assertThat(group.cacheStats(CacheType.MAIN).items()).isZero();
  }

  @Test
  void anEmptyValueIsAValueLikeAnyOther() {
    CountingGetter getter = new CountingGetter((context, key, dest) -> dest.setBytes(new byte[0]));
    Group group = groupCache.newGroup("g", 100, getter);

    assertThat(group.get("k", Sinks.bytes())).isEmpty();
    assertThat(group.get("k", Sinks.bytes())).isEmpty();
    assertThat(getter.calls()).isOne();
  }

  @Test
  void aResultNamesItsSource() {
    Group group = groupCache.newGroup("g", 100, CountingGetter.prefixing("v"));

    assertThat(group.getResult(GetContext.background(), "k"))
        .isEqualTo(new Found(ByteView.of("vk"), Source.LOAD));
    assertThat(group.getResult(GetContext.background(), "k"))
        .isEqualTo(new Found(ByteView.of("vk"), Source.MAIN));
  }

  /** A group of that limit whose value of that key fills it exactly. */
  private Group sized(String key, int limit) {
    return groupCache.newGroup(
        "sized", limit, (context, asked, dest) -> dest.setBytes(new byte[limit - key.length()]));
  }
}
