package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ByteViewTests {

  /** Empty, one byte, many, unicode, and a part of something larger. */
  static Stream<ByteView> views() {
    return Stream.of(
        ByteView.empty(),
        ByteView.of(""),
        ByteView.of("x"),
        ByteView.of("yay many bytes ".repeat(2000)),
        ByteView.of("zażółć gęślą jaźń 日本語 😀"),
        ByteView.copyOf(new byte[] {0, -1, -2, 127, -128}),
        ByteView.of("left out, kept, left out").slice(10, 14));
  }

  @ParameterizedTest
  @MethodSource("views")
  void lengthAndAtAgreeWithTheCopy(ByteView view) {
    byte[] copy = view.copy();

    assertThat(view.length()).isEqualTo(copy.length);
    assertThat(view.isEmpty()).isEqualTo(copy.length == 0);
    for (int i = 0; i < copy.length; i++) {
      assertThat(view.at(i)).isEqualTo(copy[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void atRefusesWhatIsOutside(ByteView view) {
    assertThatThrownBy(() -> view.at(view.length())).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @MethodSource("views")
  void aSliceHasTheBytesBetween(ByteView view) {
    byte[] copy = view.copy();
    int middle = copy.length / 2;

    assertThat(view.slice(0)).isEqualTo(view);
    assertThat(view.slice(middle).copy()).isEqualTo(Arrays.copyOfRange(copy, middle, copy.length));
    assertThat(view.slice(0, middle).copy()).isEqualTo(Arrays.copyOf(copy, middle));
    assertThat(view.slice(middle, middle)).isEqualTo(ByteView.empty());
    assertThat(view.slice(middle / 2).slice(0, middle - middle / 2).copy())
        .isEqualTo(Arrays.copyOfRange(copy, middle / 2, middle));
  }

  @ParameterizedTest
  @MethodSource("views")
  void aSliceRefusesWhatIsOutside(ByteView view) {
    int length = view.length();
    assertThatThrownBy(() -> view.slice(length + 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.slice(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.slice(0, length + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.slice(length, length - 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aSliceOfASliceStaysInside() {
    ByteView slice = ByteView.of("0123456789").slice(2, 5);

    assertThat(slice.slice(1).utf8()).isEqualTo("34");
    assertThatThrownBy(() -> slice.slice(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.at(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.copyTo(new byte[10], 0, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @MethodSource("views")
  void viewsOfTheSameBytesAreEqual(ByteView view) {
    ByteView copy = ByteView.copyOf(view.copy());
    ByteView inside = ByteView.of("<" + "x".repeat(view.length()) + ">").slice(1);
    byte[] padded = new byte[view.length() + 2];
    view.copyTo(padded, 1, view.length());
    ByteView slice = ByteView.copyOf(padded).slice(1, view.length() + 1);

    assertThat(copy).isEqualTo(view).hasSameHashCodeAs(view);
    assertThat(slice).isEqualTo(view).hasSameHashCodeAs(view);
    assertThat(inside).isNotEqualTo(view);
    assertThat(view).isNotEqualTo(view.utf8());
  }

  @Test
  void viewsOfOtherBytesDiffer() {
    assertThat(ByteView.of("x")).isNotEqualTo(ByteView.of("y")).isNotEqualTo(ByteView.of("xx"));
    assertThat(ByteView.of("x")).isNotEqualTo(ByteView.empty());
    assertThat(ByteView.of("x").hashCode()).isNotEqualTo(ByteView.of("y").hashCode());
  }

  @ParameterizedTest
  @MethodSource("views")
  void textBuffersAndByteStringsHaveTheSameBytes(ByteView view) {
    byte[] copy = view.copy();

    assertThat(view.utf8()).isEqualTo(new String(copy, StandardCharsets.UTF_8));
    assertThat(view.toByteString()).isEqualTo(ByteString.copyFrom(copy));
    assertThat(ByteView.of(ByteString.copyFrom(copy))).isEqualTo(view);
    assertThat(view.asByteBuffer()).isEqualTo(ByteBuffer.wrap(copy));
  }

  @Test
  void bytesThatAreNoUtf8BecomeReplacementCharacters() {
    assertThat(ByteView.copyOf(new byte[] {'a', -1, 'b'}).utf8()).isEqualTo("a\uFFFDb");
  }

  @Test
  void copyToCopiesTheFirstBytes() {
    byte[] dest = "......".getBytes(StandardCharsets.UTF_8);

    ByteView.of("abcdef").slice(1).copyTo(dest, 2, 3);

    assertThat(dest).asString(StandardCharsets.UTF_8).isEqualTo("..bcd.");
  }

  @Test
  void aViewSharesNoMemoryWithWhatItWasMadeOf() {
    byte[] source = {1, 2, 3};
    ByteView view = ByteView.copyOf(source);

    Arrays.fill(source, (byte) 9);

    assertThat(view.copy()).containsExactly(1, 2, 3);
  }

  @Test
  void nothingThatAViewHandsOutCanChangeIt() {
    ByteView view = ByteView.of("abc");

    Arrays.fill(view.copy(), (byte) 9);
    Arrays.fill(view.toByteString().toByteArray(), (byte) 9);

    assertThat(view.asByteBuffer().isReadOnly()).isTrue();
    assertThat(view.asByteBuffer().hasArray()).isFalse();
    assertThat(view.slice(1).asByteBuffer().rewind().remaining()).isEqualTo(2);
    assertThat(view.utf8()).isEqualTo("abc");
  }

  @Test
  void itsTextForLogsDoesNotShowTheBytes() {
    assertThat(ByteView.of("secret")).hasToString("ByteView[6 bytes]");
  }

  @Test
  void aViewOfAByteStringIsItsBytes() {
    for (String text : new String[] {"", "x", "many ".repeat(5000)}) {
      ByteString bytes = ByteString.copyFromUtf8(text);
      ByteString rope = bytes.concat(ByteString.copyFrom(new byte[1000])).concat(bytes);

      assertThat(ByteView.of(bytes).copy()).isEqualTo(bytes.toByteArray());
      assertThat(ByteView.of(rope).copy()).isEqualTo(rope.toByteArray());
      assertThat(ByteView.of(rope.substring(0, bytes.size())).copy())
          .isEqualTo(bytes.toByteArray());
      assertThat(ByteView.of(UnsafeByteOperations.unsafeWrap(bytes.asReadOnlyByteBuffer())).copy())
          .isEqualTo(bytes.toByteArray());
    }
  }

  @Test
  void aViewOfMostOfAnArrayIsNoCopy() {
    byte[] array = new byte[100];
    ByteString bytes = UnsafeByteOperations.unsafeWrap(array, 4, 90);
    ByteView view = ByteView.of(bytes);
    array[5] = 42;

    assertThat(view.length()).isEqualTo(90);
    assertThat(view.at(1)).isEqualTo((byte) 42);
  }

  @Test
  void aViewDoesNotKeepAnArrayThatIsMuchLarger() {
    byte[] array = new byte[200];
    ByteView view = ByteView.of(UnsafeByteOperations.unsafeWrap(array, 4, 90));
    array[5] = 42;

    assertThat(view.at(1)).isZero();
  }
}
