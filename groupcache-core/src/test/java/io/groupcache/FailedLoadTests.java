package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A getter that fails: its callers get a clear exception, and the key stays usable. */
@Timeout(30)
class FailedLoadTests {

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountingGetter getter =
      new CountingGetter((context, key, dest) -> {
        Throwable toThrow = failure.get();
        if (toThrow instanceof Error error) {
          throw error;
        } else if (toThrow instanceof Exception exception) {
          throw exception;
        }
        dest.setString("fine");
      });
  private final Group group = new GroupCache(PeerPicker.none()).newGroup("tiles", 1024, getter);

  static List<Throwable> failures() {
    return List.of(
        new IOException("disk"),
        new IllegalStateException("state"),
        new StackOverflowError(),
        new OutOfMemoryError("heap"),
        new AssertionError("assertion"),
        new PeerException("not of this group's peers", null));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverItThrowsIsTheCauseAndLeavesTheKeyUsable(Throwable thrown) {
    failure.set(thrown);
    assertThatThrownBy(() -> group.get("k"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("'tiles'")
        .hasMessageContaining("'k'")
        .hasCause(thrown);

    failure.set(null);
    assertThat(group.get("k", Sinks.string())).isEqualTo("fine");
    assertThat(group.get("k", Sinks.string())).isEqualTo("fine");
    assertThat(getter.calls()).isEqualTo(2);
  }

  @Test
  void aMissingKeyIsItsOwnException() {
    failure.set(new KeyNotFoundException("k"));

    assertThatThrownBy(() -> group.get("k"))
        .isInstanceOfSatisfying(
            KeyNotFoundException.class, e -> assertThat(e.key()).isEqualTo("k"));
    assertThat(Stats.of(group)).isEqualTo(new Stats(1, 0, 1, 1, 0, 1, 0, 0, 0));
    assertThat(group.cacheStats(CacheType.MAIN).items()).isZero();
  }

  @Test
  void aMissingKeyOfAnotherGroupIsToldAsThisKey() {
    KeyNotFoundException ofAnother = new KeyNotFoundException("CH");
    failure.set(ofAnother);

    assertThatThrownBy(() -> group.get("k"))
        .isInstanceOfSatisfying(KeyNotFoundException.class, e -> assertThat(e.key()).isEqualTo("k"))
        .hasCause(ofAnother);
  }

  @Test
  void aFailureWithoutAMessageToBeHadIsAFailedLoad() {
    class Unspeakable extends RuntimeException {
      private static final long serialVersionUID = 1L;

      @Override
      public String getMessage() {
        throw new UnsupportedOperationException();
      }
    }
    failure.set(new Unspeakable());

    assertThatThrownBy(() -> group.get("k"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("Unspeakable");
  }

  @Test
  void settingNothingIsAFailureAndNotAnEmptyValue() {
    Group silent =
        new GroupCache(PeerPicker.none()).newGroup("silent", 1024, (context, key, dest) -> {});

    assertThatThrownBy(() -> silent.get("k"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("without setting a value");
    assertThat(silent.cacheStats(CacheType.MAIN).items()).isZero();
    assertThat(silent.stats().loadsLocalErrors()).isOne();
    assertThat(silent.stats().loadsLocal()).isZero();
  }

  @Test
  void whatWasSetBeforeAFailureIsNotHeld() {
    Group broken =
        new GroupCache(PeerPicker.none())
            .newGroup(
                "broken",
                1024,
                (context, key, dest) -> {
                  dest.setString("half");
                  throw new IOException("cut");
                });

    assertThatThrownBy(() -> broken.get("k")).isInstanceOf(LoadException.class);
    assertThat(broken.cacheStats(CacheType.MAIN).items()).isZero();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theCallersOfOneFlightGetTheSameException(Throwable thrown) throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountingGetter gated =
        new CountingGetter((context, key, dest) -> {
          gate.await();
          getter.get(context, key, dest);
        });
    Group shared = new GroupCache(PeerPicker.none()).newGroup("shared", 1024, gated);
    failure.set(thrown);

    List<Background<Throwable>> calls =
        Background.run(5, () -> catchThrowable(() -> shared.get("k")));
    for (Background<Throwable> call : calls) {
      call.awaitWaiting();
    }
    gate.countDown();

    List<Throwable> caught = new ArrayList<>();
    for (Background<Throwable> call : calls) {
      caught.add(call.get());
    }
    assertThat(caught).hasSize(5).containsOnly(caught.get(0));
    assertThat(caught.get(0)).isInstanceOf(LoadException.class).hasCause(thrown);
    assertThat(gated.calls()).isOne();
  }
}
