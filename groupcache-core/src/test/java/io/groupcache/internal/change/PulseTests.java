package io.groupcache.internal.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Eventually;
import io.groupcache.GetContext;
import io.groupcache.PeerPicker;
import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.cache.Version;
import io.groupcache.internal.load.LoadThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One peer, whose clocks stand still unless a test puts them, and another that is never asleep. */
class PulseTests {

  private static final Exchange AWAKE =
      Exchange.newBuilder().setUrl("http://other").setPulse(true).setAwake(true).build();

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean isOnRing;
  private volatile boolean pickerFails;
  private final AtomicInteger pickerFailures = new AtomicInteger();
  private volatile Runnable onItsWay = () -> {};
  private final Changes changes =
      new Changes(
          new Ring(),
          new LoadThreads("test-"),
          TimeUnit.SECONDS.toNanos(1),
          1,
          nanos::get,
          () -> TimeUnit.NANOSECONDS.toMillis(nanos.get()));

  @AfterEach
  void close() {
    changes.close();
  }

  @Test
  void aPeerThatHadNoRingAsksBeforeItAnswers() {
    isOnRing = true;

    answerAPeer();

    assertThat(asked).hasValue(1);
    assertThat(isAwake()).isTrue();
  }

  @Test
  void aPeerThatTakesPartAgainAsksBeforeItAnswers() {
    isOnRing = true;
    answerAPeer();
    changes.leave();
    int before = asked.get();

    changes.join();
    answerAPeer();

    assertThat(asked).hasValue(before + 1);
  }

  @Test
  void aMessageThatMayHaveWaitedWhileThisPeerSleptIsNoContact() {
    isOnRing = true;
    answerAPeer();

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));

    assertThat(changes.answer(AWAKE).getAwake()).isFalse();
    answerAPeer();
    assertThat(asked).hasValue(2);
    assertThat(isAwake()).isTrue();
  }

  @Test
  void anAnswerIsAsOldAsItsQuestion() {
    isOnRing = true;
    onItsWay = () -> nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));

    answerAPeer();

    assertThat(isAwake()).isFalse();
  }

  @Test
  void itGoesOnAfterAPickerHasFailed() {
    isOnRing = true;
    Group group = new Group();
    changes.add("things", group);
    Eventually.holds(() -> asked.get() > 0);

    pickerFails = true;
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
    Eventually.holds(() -> pickerFailures.get() > 1);
    pickerFails = false;

    int before = asked.get();
    Eventually.holds(() -> asked.get() > before);
    Eventually.holds(() -> !group.isHidden && isAwake());
  }

  private void answerAPeer() {
    changes.prepareToAnswer("things", "key", List.of());
  }

  private boolean isAwake() {
    return changes.message().getAwake();
  }

  /** The ring, or none. */
  private final class Ring implements PeerPicker {

    private final ProtoGetter other = new Other();

    @Override
    public @Nullable ProtoGetter pickPeer(String key) {
      return null;
    }

    @Override
    public Optional<Map<String, ProtoGetter>> others() {
      if (pickerFails) {
        pickerFailures.incrementAndGet();
        throw new IllegalStateException("It does not know");
      }
      return Optional.of(isOnRing ? Map.of("http://other", other) : Map.of());
    }
  }

  /** The other peer. */
  private final class Other implements ProtoGetter {

    @Override
    public GetResponse get(GetContext context, GetRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Exchange> exchange(Exchange said, Duration timeout) {
      onItsWay.run();
      asked.incrementAndGet();
      return Optional.of(AWAKE);
    }
  }

  /** A group that holds nothing. */
  private static final class Group implements Changeable {

    volatile boolean isHidden;

    @Override
    public boolean reads(String version) {
      return true;
    }

    @Override
    public void change(String key, Version change) {}

    @Override
    public void set(String key, GetResponse value, Version change, BooleanSupplier isLatest) {}

    @Override
    public void changeAll() {}

    @Override
    public boolean mayChange() {
      return true;
    }

    @Override
    public void hide(boolean hidden) {
      isHidden = hidden;
    }

    @Override
    public void keep(boolean keeps) {}

    @Override
    public void forgetKeysOf(ProtoGetter owner) {}

    @Override
    public void sweep() {}
  }
}
