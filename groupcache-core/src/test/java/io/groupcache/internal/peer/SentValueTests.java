package io.groupcache.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.groupcache.ByteView;
import io.groupcache.GetResult;
import io.groupcache.GroupOptions;
import io.groupcache.Source;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.cache.Found;
import io.groupcache.internal.cache.Held;
import io.groupcache.internal.cache.TimePolicy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value's times on their way from one peer to another, whatever the other one says. */
class SentValueTests {

  private static final Duration HOUR = Duration.ofHours(1);

  private final TimePolicy untimed = TimePolicy.of(GroupOptions.ofCacheBytes(1));
  private final TimePolicy timed =
      TimePolicy.of(GroupOptions.ofCacheBytes(1).withTimeToLive(HOUR.multipliedBy(2)));

  @Test
  void whatIsLeftAndTheAgeTravel() {
    TimePolicy owner =
        TimePolicy.of(GroupOptions.ofCacheBytes(1).withTimeToLive(HOUR).withTimeToLiveJitter(0));
    ByteView held =
        owner.loaded(ByteView.of("v"), System.nanoTime() - HOUR.toNanos() / 2, Held.NEVER);

    GetResponse sent = SentValue.response(new Found(held, Source.MAIN));
    GetResult received = received(sent, untimed);

    assertThat(sent.getAgeMillis()).isGreaterThanOrEqualTo(HOUR.toMillis() / 2);
    assertThat(sent.getTimeLeftMillis()).isLessThanOrEqualTo(HOUR.toMillis() / 2);
    assertThat(received.age().orElseThrow()).isBetween(HOUR.dividedBy(2), HOUR);
    assertThat(received.timeToLive().orElseThrow()).isBetween(HOUR.dividedBy(3), HOUR.dividedBy(2));
  }

  @Test
  void theInstantIsSentForThoseWhoReadThatOnly() {
    ByteView held = timed.loaded(ByteView.of("v"), System.nanoTime(), HOUR.toNanos() / 2);
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());

    GetResponse sent = SentValue.response(new Found(held, Source.MAIN));

    assertThat(sent.getExpire()).isBetween(now, now + HOUR.toNanos());
  }

  @Test
  void aValueWithoutTimesIsSentAsInTheGoLibrary() {
    GetResponse sent = SentValue.response(new Found(ByteView.of("x"), Source.LOAD));

    assertThat(sent.toByteArray()).isEqualTo(new byte[] {0x0a, 1, 0x78});
  }

  @Test
  void whatIsLeftDecidesAndNotTheInstantOfAnotherClock() {
    GetResponse sent = response().setTimeLeftMillis(HOUR.toMillis()).setExpire(1).build();

    assertThat(received(sent, untimed).timeToLive().orElseThrow()).isPositive();
  }

  @Test
  void anInstantAloneIsReadToo() {
    long inAnHour = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) + HOUR.toNanos();

    GetResult received = received(response().setExpire(inAnHour).build(), timed);

    assertThat(received.timeToLive().orElseThrow()).isBetween(HOUR.dividedBy(2), HOUR);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1, Long.MIN_VALUE})
  void anInstantOfThePastLeavesNoTime(long expire) {
    assertThat(received(response().setExpire(expire).build(), timed).timeToLive())
        .hasValue(Duration.ZERO);
  }

  @Test
  void anInstantThatIsZeroIsNone() {
    assertThat(received(response().setExpire(0).build(), timed).timeToLive().orElseThrow())
        .isGreaterThan(HOUR);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void aTimeLeftThatIsNoneLeavesNone(long left) {
    assertThat(received(response().setTimeLeftMillis(left).build(), timed).timeToLive())
        .hasValue(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE / 1_000_000})
  void hugeTimesAreAsGoodAsForEver(long huge) {
    GetResult received =
        received(response().setTimeLeftMillis(huge).setAgeMillis(huge).build(), untimed);

    assertThat(received.timeToLive().orElseThrow()).isGreaterThan(HOUR);
    assertThat(received.age().orElseThrow()).isGreaterThan(HOUR);
  }

  @Test
  void aNegativeAgeIsNone() {
    GetResponse sent = response().setAgeMillis(-HOUR.toMillis()).build();

    assertThat(received(sent, timed).age().orElseThrow()).isLessThan(HOUR);
    assertThat(received(sent, timed).timeToLive().orElseThrow())
        .isLessThanOrEqualTo(HOUR.multipliedBy(2));
  }

  private static GetResult received(GetResponse sent, TimePolicy times) {
    return new Found(SentValue.held(sent, times), Source.PEER);
  }

  private static GetResponse.Builder response() {
    return GetResponse.newBuilder().setValue(ByteString.copyFromUtf8("v"));
  }
}
