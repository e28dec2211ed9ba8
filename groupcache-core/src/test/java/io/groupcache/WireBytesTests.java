package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.cache.Found;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes that Go peers send and take. */
class WireBytesTests {

  @Test
  void aResponseIsAValue() throws Exception {
    assertSame(GetResponse.newBuilder().setValue(ByteString.copyFromUtf8("x")), "0a0178");
    assertSame(GetResponse.newBuilder().setValue(ByteString.EMPTY), "0a00");
    assertSame(GetResponse.newBuilder().setValue(ByteString.fromHex("00fffe")), "0a0300fffe");
  }

  @Test
  void aResponseMayTellHowOftenTheKeyIsAskedFor() throws Exception {
    assertSame(
        GetResponse.newBuilder().setValue(ByteString.copyFromUtf8("x")).setMinuteQps(12.5),
        "0a0178110000000000002940");
  }

  @Test
  void aRequestNamesTheGroupAndTheKey() {
    FakePeer peer = FakePeer.answering(key -> "x");
    Group tiles = new GroupCache(peer.ownsAll()).newGroup("tiles", 0, CountingGetter.prefixing(""));

    tiles.get("3/4/5");

    assertThat(peer.requests())
        .extracting(WireBytesTests::hex)
        .containsExactly("0a0574696c65731205332f342f35");
    assertThat(peer.requests())
        .containsExactly(GetRequest.newBuilder().setGroup("tiles").setKey("3/4/5").build());
  }

  @Test
  void anEmptyBodyIsAnEmptyValue() throws Exception {
    GetResponse empty = GetResponse.parseFrom(new byte[0]);
    FakePeer peer = new FakePeer((context, request) -> empty);
    Group group = new GroupCache(peer.ownsAll()).newGroup("g", 0, CountingGetter.prefixing("no"));

    assertThat(group.getResult(GetContext.background(), "k"))
        .isEqualTo(new Found(ByteView.empty(), Source.PEER));
  }

  @Test
  void theTimeOfTheMailgunLineIsUnderstood() throws Exception {
    GetResponse response = GetResponse.parseFrom(HexFormat.of().parseHex("0a01781805"));

    assertThat(response.getValue().toStringUtf8()).isEqualTo("x");
    assertThat(response.getExpire()).isEqualTo(5);
  }

  private static void assertSame(GetResponse.Builder response, String hex)
      throws InvalidProtocolBufferException {
    assertThat(hex(response.build())).isEqualTo(hex);
    assertThat(GetResponse.parseFrom(HexFormat.of().parseHex(hex))).isEqualTo(response.build());
  }

  private static String hex(MessageLite message) {
    return HexFormat.of().formatHex(message.toByteArray());
  }
}
