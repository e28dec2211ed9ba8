package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long keys and values may be. */
class LimitsTests {

  private final CountingGetter getter = CountingGetter.prefixing("");
  private final GroupCache limited =
      GroupCache.builder(PeerPicker.none()).maxKeyBytes(4).maxValueBytes(8).build();

  @ParameterizedTest
  @ValueSource(strings = {"", "abcd", "\u00e9\u00e9", "\ud83d\ude00"})
  void aKeyMayHaveSoManyBytes(String key) {
    assertThat(limited.newGroup("g", 1024, getter).get(key, Sinks.string())).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcde", "\u00e9\u00e9\u00e9", "\ud83d\ude00!"})
  void aLongerKeyIsRefused(String key) {
    Group group = limited.newGroup("g", 1024, getter);

    assertThatThrownBy(() -> group.get(key))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("groupcache.max-key-bytes");
    assertThat(getter.calls()).isZero();
    assertThat(group.stats().loads()).isZero();
  }

  @Test
  void aValueMayHaveSoManyBytes() {
    assertThat(groupOf(sink -> sink.setBytes(new byte[8])).get("k").length()).isEqualTo(8);
  }

  @Test
  void aGetterThatGivesMoreHasFailed() {
    assertFails(sink -> sink.setBytes(new byte[9]));
    assertFails(sink -> sink.setString("123456789"));
    assertFails(sink -> sink.setView(ByteView.of("123456789")));
    ByteString seven = ByteString.copyFrom(new byte[7]);
    assertFails(sink -> sink.setProto(BytesValue.of(seven)));
  }

  private void assertFails(Given given) {
    Group group = groupOf(given);
    assertThatThrownBy(() -> group.get("k"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("groupcache.max-value-bytes")
        .hasMessageContaining("has 9");
  }

  private Group groupOf(Given given) {
    String name = "g" + limited.groups().size();
    return limited.newGroup(name, 1024, (context, key, dest) -> given.to(dest));
  }

  private interface Given {
    void to(Sink sink);
  }
}
