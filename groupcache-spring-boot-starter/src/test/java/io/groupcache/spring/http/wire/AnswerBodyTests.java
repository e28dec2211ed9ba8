package io.groupcache.spring.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.groupcache.ByteView;
import io.groupcache.groupcachepb.GetResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerBodyTests {

  private static final int MAX = 64 << 20;

  @ParameterizedTest
  @CsvSource({"0", "1", "4095", "4096", "4097", "1048580", "2097152", "2097153", "9000000"})
  void itIsTheWholeBodyWhetherItsLengthIsSaidOrNot(int length) throws IOException {
    byte[] sent = new byte[length];
    for (int i = 0; i < length; i++) {
      sent[i] = (byte) (i * 31);
    }
    for (long said : new long[] {length, -1}) {
      AnswerBody body = AnswerBody.read(new ByteArrayInputStream(sent), said, MAX);

      assertThat(body.length()).isEqualTo(length);
      assertThat(Arrays.equals(body.bytes(), 0, length, sent, 0, length)).isTrue();
    }
  }

  @Test
  void aBodyOfAMegabyteIsReadIntoNoMoreThanItsLength() throws IOException {
    byte[] sent = new byte[(1 << 20) + 4];

    AnswerBody body = AnswerBody.read(new ByteArrayInputStream(sent), sent.length, MAX);

    assertThat(body.bytes()).hasSameSizeAs(sent);
  }

  @Test
  void whoSaysMuchAndSendsLittleGetsLittleMemory() {
    AtomicInteger asked = new AtomicInteger();
    InputStream liar =
        new InputStream() {
          private int left = 10;

          @Override
          public int read() throws IOException {
            if (left-- > 0) {
              return 'x';
            }
            throw new IOException("no more");
          }

          @Override
          public int read(byte[] b, int off, int len) throws IOException {
            asked.set(b.length);
            b[off] = (byte) read();
            return 1;
          }
        };

    assertThatIOException().isThrownBy(() -> AnswerBody.read(liar, MAX, MAX));
    assertThat(asked.get()).isBetween(1, 2 << 20);
  }

  @ParameterizedTest
  @CsvSource({"100", "-1"})
  void ofWhatIsTooLongOneByteMoreIsCounted(long said) throws IOException {
    InputStream in = new ByteArrayInputStream(new byte[100]);

    assertThat(AnswerBody.read(in, said, 10).length()).isEqualTo(11);
    assertThat(in.available()).isEqualTo(89);
  }

  @Test
  void theValueIsPartOfTheArray() throws IOException {
    byte[] message = {0x0a, 3, 'a', 'b', 'c'};
    AnswerBody body = AnswerBody.read(new ByteArrayInputStream(message), message.length, MAX);

    ByteView value = ByteView.of(ValueMessage.parse(body).getValue());
    body.bytes()[2] = 'x';

    assertThat(value.utf8()).isEqualTo("xbc");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "127", "128", "16383", "16384", "1048576"})
  void aHeadAndTheValueAreTheMessage(int length) throws IOException {
    ByteView value = ByteView.copyOf(new byte[length]);
    byte[] head = ValueMessage.head(value);
    byte[] written = Arrays.copyOf(head, head.length + length);

    assertThat(written)
        .isEqualTo(GetResponse.newBuilder().setValue(value.toByteString()).build().toByteArray());
  }
}
