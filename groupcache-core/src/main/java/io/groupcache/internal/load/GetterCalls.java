package io.groupcache.internal.load;

import io.groupcache.BulkGetter;
import io.groupcache.ByteView;
import io.groupcache.CacheType;
import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Getter;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.Source;
import io.groupcache.internal.Counts;
import io.groupcache.internal.cache.CachePair;
import io.groupcache.singleflight.Flight;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Calls a group's getter, and puts what it gives into the main cache. */
final class GetterCalls {

  private final String group;
  private final Getter getter;
  private final int maxValueBytes;
  private final CachePair caches;
  private final Counts counts;

  GetterCalls(String group, Getter getter, int maxValueBytes, CachePair caches, Counts counts) {
    this.group = group;
    this.getter = getter;
    this.maxValueBytes = maxValueBytes;
    this.caches = caches;
    this.counts = counts;
  }

  /** Whether many keys can be loaded in one go. */
  boolean isBulk() {
    return getter instanceof BulkGetter;
  }

  /** The value of a key, from one call of the getter. */
  GetResult get(GetContext context, String key) {
    ByteView value;
    try (GetterSink sink = new GetterSink(maxValueBytes)) {
      getter.get(context, key, sink);
      value = valueIn(sink, key);
    } catch (Throwable failure) { // an Error too must reach every caller as a failed load
      throw failed(key, failure, true);
    }
    return hold(key, value);
  }

  /** Lands the flights of keys that are loaded in one call of the getter. */
  void getAll(GetContext context, List<Flight<String, GetResult>> flights) {
    Map<String, GetterSink> sinks = new LinkedHashMap<>();
    flights.forEach(flight -> sinks.put(flight.key(), new GetterSink(maxValueBytes)));
    try {
      ((BulkGetter) getter).getAll(context, Collections.unmodifiableMap(sinks));
    } catch (Throwable failure) {
      sinks.values().forEach(GetterSink::close);
      flights.forEach(flight -> flight.fail(failed(flight.key(), failure, flights.size() == 1)));
      return;
    }
    sinks.values().forEach(GetterSink::close); // all of them, before anybody hears of the first
    flights.forEach(flight -> land(flight, Objects.requireNonNull(sinks.get(flight.key()))));
  }

  private void land(Flight<String, GetResult> flight, GetterSink sink) {
    ByteView value;
    try {
      value = valueIn(sink, flight.key());
    } catch (RuntimeException none) {
      flight.fail(failed(flight.key(), none, true));
      return;
    }
    flight.succeed(hold(flight.key(), value));
  }

  private ByteView valueIn(GetterSink sink, String key) {
    if (isBulk() && !sink.isSet()) {
      throw new KeyNotFoundException(key);
    }
    return sink.value();
  }

  private GetResult hold(String key, ByteView value) {
    counts.loadsLocal.increment();
    caches.put(CacheType.MAIN, key, value);
    return new GetResult(value, Source.LOAD);
  }

  private RuntimeException failed(String key, Throwable failure, boolean ofThisKeyOnly) {
    counts.loadsLocalErrors.increment();
    if (failure instanceof KeyNotFoundException notFound) {
      if (key.equals(notFound.key())) {
        return notFound;
      }
      if (ofThisKeyOnly) { // and about a key of another group, which the getter asked for
        return new KeyNotFoundException(key, notFound);
      }
    }
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt(); // for the caller, and so that a waiter takes over
    }
    return new LoadException(
        "The getter of group '" + group + "' failed for key '" + key + "': " + describe(failure),
        failure);
  }

  private static String describe(Throwable failure) {
    try {
      return failure.toString();
    } catch (RuntimeException | Error e) { // some messages are computed, and can fail
      return failure.getClass().getName();
    }
  }
}
