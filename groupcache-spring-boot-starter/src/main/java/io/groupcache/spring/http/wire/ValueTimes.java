package io.groupcache.spring.http.wire;

import io.groupcache.GetResult;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.peer.SentValue;
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
    if (result.age().isEmpty() && result.timeToLive().isEmpty()) {
      return NONE;
    }
    return SentValue.times(result)
        .setHeldMillis(TimeUnit.NANOSECONDS.toMillis(heldNanos))
        .build()
        .toByteArray();
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
