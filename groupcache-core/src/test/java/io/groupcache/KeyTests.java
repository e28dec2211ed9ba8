package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTests {

  private final CountingGetter getter = CountingGetter.prefixing("of ");
  private final Group group = new GroupCache(PeerPicker.none()).newGroup("g", 1 << 20, getter);

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"})
  void aKeyWithHalfASurrogatePairIsRefusedAndNotCounted(String key) {
    assertThatThrownBy(() -> group.get(key))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("surrogate");
    assertThatThrownBy(() -> group.get(GetContext.background().asPeer(), key))
        .isInstanceOf(InvalidKeyException.class);

    assertThat(Stats.of(group)).isEqualTo(new Stats(0, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(group.cacheStats(CacheType.MAIN)).isEqualTo(new CacheStats(0, 0, 0, 0, 0));
    assertThat(getter.calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a+b", "a/b", "a,b", ".", "..", "%41", "日本語", "😀", "\n", "\0"})
  void anyOtherKeyIsAKey(String key) {
    assertThat(group.get(key, Sinks.string())).isEqualTo("of " + key);
    assertThat(group.get(key, Sinks.string())).isEqualTo("of " + key);
    assertThat(getter.calls()).isOne();
  }

  @Test
  @SuppressWarnings("NullAway")
  void aKeyIsNotNull() {
    assertThatThrownBy(() -> group.get(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("A key must not be null");
  }

  @Test
  void keysThatLookAlikeAreDifferentKeys() {
    String[] keys = {"a b", "a+b", "a%20b", "A B", "é", "e\u0301"};
    for (String key : keys) {
      assertThat(group.get(key, Sinks.string())).isEqualTo("of " + key);
    }
    assertThat(group.cacheStats(CacheType.MAIN).items()).isEqualTo(keys.length);
  }
}
