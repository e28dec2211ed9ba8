package io.groupcache.spring.http.wire;

import io.groupcache.GetResult;
import io.groupcache.groupcachepb.GetResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The times of a value on its way from a peer to another: what is left of them, never an instant,
 * so that clocks need not agree.
 */
public final class ValueTimes {

  private static final byte[] NONE = {};

  private ValueTimes() {}

  /**
   * The fields of a {@link GetResponse} that say the times of a value; none where it has none.
   *
   * @param heldNanos how long this peer has had the question
   */
  public static byte[] fields(GetResult result, long heldNanos) {
    Duration left = result.timeToLive().orElse(null);
    if (left == null && result.age().isEmpty()) {
      return NONE;
    }
    GetResponse.Builder times = GetResponse.newBuilder();
    result.age().ifPresent(age -> times.setAgeMillis(age.toMillis()));
    if (left != null) {
      long millis = left.toMillis();
      times.setTimeLeftMillis(millis);
      // Those of another line that read this have their clocks agree with this one's.
      times.setExpire(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() + millis));
    }
    if (result.isStale()) {
      times.setStale(true);
    }
    return times.setHeldMillis(TimeUnit.NANOSECONDS.toMillis(heldNanos)).build().toByteArray();
  }

  /**
   * A response as it is when it has come: the time that it was on its way has passed for its value.
   *
   * @param nanosSinceQuestion how long ago the question was sent, which is longer
   */
  public static GetResponse onArrival(GetResponse response, long nanosSinceQuestion) {
    if (!response.hasTimeLeftMillis() && !response.hasAgeMillis()) {
      return response;
    }
    long held = Math.max(0, response.getHeldMillis());
    // Rounded up: it may have been a little longer.
    long onItsWay = Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanosSinceQuestion) + 1 - held);
    GetResponse.Builder arrived =
        response.toBuilder().setAgeMillis(sum(response.getAgeMillis(), onItsWay));
    if (response.hasTimeLeftMillis()) {
      arrived.setTimeLeftMillis(Math.max(0, response.getTimeLeftMillis() - onItsWay));
    }
    return arrived.build();
  }

  private static long sum(long age, long more) {
    long sum = Math.max(0, age) + more;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
