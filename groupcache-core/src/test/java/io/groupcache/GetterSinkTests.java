package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GetterSinkTests {

  private final GroupCache groupCache = new GroupCache(PeerPicker.none());

  @Test
  void takesAStringAsUtf8() {
    assertThat(value(dest -> dest.setString("zażółć")).copy())
        .isEqualTo(ByteView.of("zażółć").copy())
        .hasSize(10);
  }

  @Test
  void takesACopyOfAnArray() {
    byte[] mine = {1, 2, 3};
    Group group = groupCache.newGroup("g", 1024, (context, key, dest) -> dest.setBytes(mine));
    group.get("k");

    Arrays.fill(mine, (byte) 9);

    assertThat(group.get("k", Sinks.bytes())).containsExactly(1, 2, 3);
  }

  @Test
  void takesAMessageSerialized() {
    assertThat(value(dest -> dest.setProto(StringValue.of("x"))).copy())
        .isEqualTo(StringValue.of("x").toByteArray());
  }

  @Test
  void takesAViewWithNoCopy() {
    ByteView view = ByteView.of("x");

    assertThat(value(dest -> dest.setView(view))).isSameAs(view);
  }

  @Test
  void keepsNoMoreThanTheSliceItIsGiven() {
    ByteView slice = ByteView.copyOf(new byte[1000]).slice(990);

    ByteView held = value(dest -> dest.setView(slice));

    assertThat(held).isEqualTo(slice).isNotSameAs(slice);
    assertThat(held.compact()).as("already compact").isSameAs(held);
  }

  @Test
  void refusesTextThatHasNoUtf8Form() {
    assertThatThrownBy(() -> value(dest -> dest.setString("a\uD800b")))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("no UTF-8 form");
  }

  @Test
  void theLastValueWins() {
    assertThat(
            value(
                    dest -> {
                      dest.setString("first");
                      dest.setBytes(new byte[0]);
                      dest.setString("last");
                    })
                .utf8())
        .isEqualTo("last");
  }

  @Test
  void refusesAValueOnceTheGetterHasReturned() {
    AtomicReference<Sink> kept = new AtomicReference<>();
    Group group =
        groupCache.newGroup(
            "g",
            1024,
            (context, key, dest) -> {
              dest.setString("in time");
              kept.set(dest);
            });
    group.get("k");

    assertThatThrownBy(() -> kept.get().setString("too late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("returned");
    assertThatThrownBy(() -> kept.get().setBytes(new byte[1]))
        .isInstanceOf(IllegalStateException.class);
    assertThat(group.get("k", Sinks.string())).isEqualTo("in time");
  }

  private ByteView value(Consumer<Sink> setting) {
    return groupCache
        .newGroup("value", 1024, (context, key, dest) -> setting.accept(dest))
        .get("k");
  }
}
