package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.groupcachepb.GetResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class ByteViewStreamTests {

  private static final String VIEWS = "io.groupcache.ByteViewTests#views";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @ParameterizedTest
  @MethodSource(VIEWS)
  void aStreamReadsTheBytes(ByteView view) throws IOException {
    try (InputStream in = view.asInputStream()) {
      assertThat(in.available()).isEqualTo(view.length());
      assertThat(in.readAllBytes()).isEqualTo(view.copy());
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource(VIEWS)
  void aStreamReadsByteByByte(ByteView view) throws IOException {
    try (InputStream in = view.asInputStream()) {
      for (byte expected : view.copy()) {
        assertThat(in.read()).isEqualTo(Byte.toUnsignedInt(expected));
      }
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource(VIEWS)
  void aStreamTransfersWhatIsLeftAfterASkip(ByteView view) throws IOException {
    int skipped = view.length() / 3;
    try (InputStream in = view.asInputStream()) {
      assertThat(in.skip(skipped)).isEqualTo(skipped);
      assertThat(in.transferTo(written)).isEqualTo(view.length() - skipped);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.transferTo(written)).isZero();
    }
    assertThat(written.toByteArray()).isEqualTo(view.slice(skipped).copy());
  }

  @ParameterizedTest
  @MethodSource(VIEWS)
  void aResetStreamStartsAgainAtTheFirstByte(ByteView view) throws IOException {
    try (InputStream in = view.asInputStream()) {
      in.readNBytes(3);
      in.reset();
      assertThat(in.readAllBytes()).isEqualTo(view.copy());
    }
  }

  @Test
  void aSkipEndsAtTheLastByte() throws IOException {
    try (InputStream in = ByteView.of("0123456789").slice(2, 5).asInputStream()) {
      assertThat(in.skip(100)).isEqualTo(3);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource(VIEWS)
  void allBytesAreWrittenToAStream(ByteView view) throws IOException {
    view.writeTo(written);

    assertThat(written.toByteArray()).isEqualTo(view.copy());
  }

  @ParameterizedTest
  @MethodSource(VIEWS)
  void allBytesAreWrittenToAChannelThatTakesFewAtATime(ByteView view) throws IOException {
    view.writeTo(new SlowChannel());

    assertThat(written.toByteArray()).isEqualTo(view.copy());
  }

  @Test
  void aStreamThatChangesTheArraysItIsHandedChangesNoView() throws IOException {
    ByteView view = ByteView.of("as it was ".repeat(10_000));
    ByteView before = ByteView.copyOf(view.copy());
    OutputStream vandal = new Vandal();

    view.writeTo(vandal);
    view.slice(5).writeTo(vandal);
    try (WritableByteChannel channel = Channels.newChannel(vandal)) {
      view.writeTo(channel);
    }
    try (InputStream in = view.asInputStream()) {
      in.transferTo(vandal);
    }

    assertThat(view).isEqualTo(before);
  }

  @Test
  void aByteStringWrittenToAStreamThatChangesArraysChangesNoView() throws IOException {
    ByteView view = ByteView.of("as it was ".repeat(10_000));
    ByteView before = ByteView.copyOf(view.copy());

    view.toByteString().writeTo(new Vandal());

    assertThat(view).isEqualTo(before);
  }

  @Test
  void aByteStringReadIntoAStreamThatChangesArraysChangesNoView() throws IOException {
    ByteView view = ByteView.of("as it was ".repeat(10_000));
    ByteView before = ByteView.copyOf(view.copy());

    try (InputStream in = view.toByteString().newInput()) {
      in.transferTo(new Vandal());
    }

    assertThat(view).isEqualTo(before);
  }

  @Test
  void aResponseWrittenToAStreamThatChangesArraysChangesNoView() throws IOException {
    ByteView view = ByteView.of("as it was ".repeat(10_000));
    ByteView before = ByteView.copyOf(view.copy());

    GetResponse.newBuilder().setValue(view.toByteString()).build().writeTo(new Vandal());

    assertThat(view).isEqualTo(before);
  }

  /** Writes into the arrays that it should read. */
  private static final class Vandal extends OutputStream {

    @Override
    public void write(int b) {}

    @Override
    public void write(byte[] bytes, int offset, int length) {
      Arrays.fill(bytes, (byte) '!');
    }
  }

  private final class SlowChannel implements WritableByteChannel {

    @Override
    public int write(ByteBuffer source) {
      int count = Math.min(7, source.remaining());
      for (int i = 0; i < count; i++) {
        written.write(source.get());
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
