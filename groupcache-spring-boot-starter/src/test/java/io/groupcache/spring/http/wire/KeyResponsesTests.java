package io.groupcache.spring.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.groupcache.ByteView;
import io.groupcache.Source;
import io.groupcache.groupcachepb.GetManyResponse;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.internal.cache.Found;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written by hand is what the generated code writes. */
class KeyResponsesTests {

  private final ProcessId process = ProcessId.random();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60, 100, 125, 127, 128, 200, 8191, 8192, 16_383, 16_384, 3 << 20})
  void aValueIsAsTheGeneratedCodeWritesIt(int length) throws IOException {
    byte[] value = new byte[length];
    new Random(length).nextBytes(value);
    for (int index : new int[] {0, 1, 127, 128, 9_999, 1 << 20, Integer.MAX_VALUE}) {
      KeyResponses responses = new KeyResponses(process, 1);
      responses.value(index, new Found(ByteView.copyOf(value), Source.MAIN));

      assertWrites(responses, generated().addKey(value(index, value)).build());
    }
  }

  @Test
  void nothingIsTheProcessAlone() throws IOException {
    assertWrites(new KeyResponses(process, 0), generated().build());
  }

  @Test
  void manyAreOneAfterTheOther() throws IOException {
    GetManyResponse.Builder expected = generated();
    KeyResponses responses = new KeyResponses(process, 0);
    for (int index = 0; index < 1000; index++) {
      byte[] value = new byte[index * 7 % 300];
      responses.value(index, new Found(ByteView.copyOf(value), Source.MAIN));
      responses.failure(index, PeerError.LOAD_FAILED, "é");
      responses.failure(index, null, "?");
      responses.loading(index, -index);
      responses.unknown(index);
      expected
          .addKey(value(index, value))
          .addKey(of(index).setError("load-failed").setMessage("é"))
          .addKey(of(index).setError("").setMessage("?"))
          .addKey(of(index).setLoading(-index))
          .addKey(of(index));
    }

    assertWrites(responses, expected.build());
  }

  /** What fits into an answer is what {@link KeyResponses#MAX_VALUE_BYTES} and one value allow. */
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1024", "64, 1000", "1000, 100000"})
  void theLongestAnswerIsNotTooLong(int keys, int maxValueBytes) {
    KeyResponses responses = new KeyResponses(process, keys);
    responses.value(0, new Found(ByteView.copyOf(new byte[maxValueBytes]), Source.MAIN));
    int bytes = 0;
    for (int index = 1; index < keys; index++) {
      if (bytes + maxValueBytes <= KeyResponses.MAX_VALUE_BYTES) {
        responses.value(index, new Found(ByteView.copyOf(new byte[maxValueBytes]), Source.MAIN));
        bytes += maxValueBytes;
      } else {
        responses.failure(index, PeerError.LOAD_FAILED, "語".repeat(10_000));
      }
    }

    assertThat(responses.size()).isLessThanOrEqualTo(KeyResponses.maxBytes(keys, maxValueBytes));
  }

  @Test
  void norIsOneInWhichEveryKeyHasFailedAtLength() {
    KeyResponses responses = new KeyResponses(process, 2000);
    for (int index = 0; index < 2000; index++) {
      responses.failure(index, PeerError.LOAD_FAILED, "語".repeat(10_000));
    }

    assertThat(responses.size()).isLessThanOrEqualTo(KeyResponses.maxBytes(2000, 0));
  }

  @Test
  void theLimitDoesNotOverflow() {
    assertThat(KeyResponses.maxBytes(ManyKeys.MAX_KEYS, Integer.MAX_VALUE))
        .isGreaterThan(Integer.MAX_VALUE - 16);
  }

  private void assertWrites(KeyResponses responses, GetManyResponse expected) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    responses.writeTo(written);

    assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
    assertThat(responses.size()).isEqualTo(written.size());
    AnswerBody body =
        AnswerBody.read(
            new ByteArrayInputStream(written.toByteArray()), written.size(), Integer.MAX_VALUE - 8);
    assertThat(KeyResponses.parse(body)).isEqualTo(expected);
  }

  private GetManyResponse.Builder generated() {
    return GetManyResponse.newBuilder().setProcess(process.value());
  }

  private static KeyResponse.Builder of(int index) {
    return KeyResponse.newBuilder().setIndex(index);
  }

  private static KeyResponse value(int index, byte[] value) {
    return of(index)
        .setResponse(GetResponse.newBuilder().setValue(ByteString.copyFrom(value)))
        .build();
  }
}
