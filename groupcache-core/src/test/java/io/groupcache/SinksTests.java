package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SinksTests {

  private final Group group =
      new GroupCache(PeerPicker.none())
          .newGroup("echo", 1 << 20, CountingGetter.prefixing("ECHO:"));

  @Test
  void aTruncatingSinkTakesAShortValueWhole() {
    byte[] dest = new byte[100];

    assertThat(group.get("short", Sinks.truncating(dest))).isEqualTo(10);
    assertThat(new String(dest, 0, 10, StandardCharsets.UTF_8)).isEqualTo("ECHO:short");
    assertThat(dest).endsWith(new byte[90]);
  }

  @Test
  void aTruncatingSinkTakesWhatFits() {
    byte[] dest = new byte[6];

    assertThat(group.get("truncated", Sinks.truncating(dest))).isEqualTo(6);
    assertThat(dest).asString(StandardCharsets.UTF_8).isEqualTo("ECHO:t");
  }

  @Test
  void aTruncatingSinkOfNoBytesTakesNone() {
    assertThat(group.get("k", Sinks.truncating(new byte[0]))).isZero();
  }

  @Test
  void bytesAreTheCallersOwn() {
    byte[] mine = group.get("k", Sinks.bytes());

    Arrays.fill(mine, (byte) 9);

    assertThat(group.get("k", Sinks.string())).isEqualTo("ECHO:k");
    assertThat(group.get("k", Sinks.bytes())).isNotSameAs(group.get("k", Sinks.bytes()));
  }

  @Test
  void aByteViewIsTheOneThatIsHeld() {
    assertThat(group.get("k", Sinks.byteView())).isSameAs(group.get("k"));
  }

  @Test
  void aMessageIsParsedFromTheBytes() {
    Group messages =
        new GroupCache(PeerPicker.none())
            .newGroup("m", 1024, (context, key, dest) -> dest.setProto(StringValue.of(key)));

    assertThat(messages.get("zażółć", Sinks.proto(StringValue.parser())))
        .isEqualTo(StringValue.of("zażółć"));
  }

  @Test
  void bytesThatAreNoSuchMessageAreRefusedAndStayReadable() {
    assertThatThrownBy(() -> group.get("k", Sinks.proto(StringValue.parser())))
        .isInstanceOf(GroupCacheException.class)
        .hasMessageContaining("6 bytes");
    assertThat(group.get("k", Sinks.string())).isEqualTo("ECHO:k");
  }

  @Test
  void aSinkOfTheCallersMakingGetsTheValueInTheCallersThread() {
    Thread reader = group.get("k", value -> Thread.currentThread());

    assertThat(reader).isSameAs(Thread.currentThread());
  }
}
