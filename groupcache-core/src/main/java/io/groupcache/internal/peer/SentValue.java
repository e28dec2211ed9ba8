package io.groupcache.internal.peer;

import com.google.protobuf.UnsafeByteOperations;
import io.groupcache.ByteView;
import io.groupcache.GetResult;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.cache.Held;
import io.groupcache.internal.cache.TimePolicy;
import java.util.concurrent.TimeUnit;

/** A value as peers send it to each other, with its times as they are when it goes, or has come. */
public final class SentValue {

  /** 36 years. */
  private static final long LONGEST = Long.MAX_VALUE / 8;

  private SentValue() {}

  /** What a cache holds of it. */
  public static ByteView held(GetResponse response, TimePolicy times) {
    ByteView value = ByteView.of(response.getValue());
    long age = nanos(response.getAgeMillis());
    if (response.hasTimeLeftMillis()) {
      return times.received(value, System.nanoTime() - age, nanos(response.getTimeLeftMillis()));
    }
    if (response.getExpire() != 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(response.getExpire()) - System.currentTimeMillis();
      return times.received(value, System.nanoTime() - age, nanos(left));
    }
    return times.received(value, System.nanoTime() - age, Held.NEVER);
  }

  /** What a peer is told of a value. */
  public static GetResponse response(GetResult found) {
    return times(found)
        .setValue(UnsafeByteOperations.unsafeWrap(found.value().asByteBuffer()))
        .build();
  }

  /** What a peer is told of a value's times, as they are now: what is left, never an instant. */
  public static GetResponse.Builder times(GetResult found) {
    GetResponse.Builder times = GetResponse.newBuilder();
    found.age().ifPresent(age -> times.setAgeMillis(age.toMillis()));
    found
        .timeToLive()
        .ifPresent(left -> {
          times.setTimeLeftMillis(left.toMillis());
          // Those of another line that read this have their clocks agree with this one's.
          times.setExpire(
              TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() + left.toMillis()));
        });
    if (found.isStale()) {
      times.setStale(true);
    }
    return times;
  }

  /** Not negative, and not beyond what can be counted on with, whatever a peer says. */
  private static long nanos(long millis) {
    return Math.min(LONGEST, TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
  }
}
