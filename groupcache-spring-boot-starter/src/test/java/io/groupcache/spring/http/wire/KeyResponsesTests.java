package io.groupcache.spring.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.groupcache.ByteView;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written by hand is what the generated code writes. */
class KeyResponsesTests {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60, 100, 125, 127, 128, 200, 8191, 8192, 16_383, 16_384, 3 << 20})
  void aValueIsAsTheGeneratedCodeWritesIt(int length) throws IOException {
    byte[] value = new byte[length];
    new Random(length).nextBytes(value);
    for (int index : new int[] {0, 1, 127, 128, 9_999, 1 << 20, Integer.MAX_VALUE}) {
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      generated(index, value).writeDelimitedTo(expected);

      ByteArrayOutputStream written = new ByteArrayOutputStream();
      KeyResponses out = new KeyResponses(written);
      out.value(index, ByteView.copyOf(value));
      out.flush();

      assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
      assertThat(KeyResponses.sizeOfValue(index, ByteView.copyOf(value)))
          .isEqualTo(expected.size());
    }
  }

  @Test
  void manyAreOneAfterTheOther() throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    KeyResponses out = new KeyResponses(written);
    for (int index = 0; index < 1000; index++) {
      byte[] value = new byte[index * 7 % 300];
      KeyResponse error = KeyResponse.newBuilder().setIndex(index).setError("é").build();
      generated(index, value).writeDelimitedTo(expected);
      error.writeDelimitedTo(expected);

      out.value(index, ByteView.copyOf(value));
      out.message(error);
    }
    out.flush();

    assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
  }

  private static KeyResponse generated(int index, byte[] value) {
    return KeyResponse.newBuilder()
        .setIndex(index)
        .setResponse(GetResponse.newBuilder().setValue(ByteString.copyFrom(value)))
        .build();
  }
}
