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

  private SentValue() {}

  /** What a cache holds of it. */
  public static Object held(GetResponse response, TimePolicy times) {
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

  /** What a peer is told of a value: its times as they are now. */
  public static GetResponse response(GetResult found) {
    GetResponse.Builder response =
        GetResponse.newBuilder()
            .setValue(UnsafeByteOperations.unsafeWrap(found.value().asByteBuffer()));
    found.age().ifPresent(age -> response.setAgeMillis(age.toMillis()));
    found
        .timeToLive()
        .ifPresent(left ->
            response
                .setTimeLeftMillis(left.toMillis())
                .setExpire(
                    TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() + left.toMillis())));
    if (found.isStale()) {
      response.setStale(true);
    }
    return response.build();
  }

  /** Not negative, and not beyond what can be counted on with, whatever a peer says. */
  private static long nanos(long millis) {
    return Math.min(Long.MAX_VALUE / 4, TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
  }
}
