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
import io.groupcache.internal.cache.Found;
import io.groupcache.internal.cache.TimePolicy;
import io.groupcache.singleflight.Flight;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Calls a group's getter, and puts what it gives into the main cache. */
final class GetterCalls {

  private final String group;
  private final Getter getter;
  private final int maxValueBytes;
  private final TimePolicy times;
  private final CachePair caches;
  private final Counts counts;

  GetterCalls(
      String group,
      Getter getter,
      int maxValueBytes,
      TimePolicy times,
      CachePair caches,
      Counts counts) {
    this.group = group;
    this.times = times;
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
    Ticket ticket = ticket(key);
    GetterSink sink = new GetterSink(maxValueBytes);
    ByteView value;
    try (sink) {
      getter.get(context, key, sink);
      value = valueIn(sink, key);
    } catch (Throwable failure) { // an Error too must reach every caller as a failed load
      return staleOr(key, failed(key, failure, true, ticket));
    }
    return hold(key, value, sink.timeToLive(), ticket);
  }

  /** Lands the flights of keys that are loaded in one call of the getter. */
  void getAll(GetContext context, List<Flight<String, GetResult>> flights) {
    Map<String, GetterSink> sinks = new LinkedHashMap<>();
    Map<String, Ticket> tickets = new HashMap<>();
    for (Flight<String, GetResult> flight : flights) {
      sinks.put(flight.key(), new GetterSink(maxValueBytes));
      tickets.put(flight.key(), ticket(flight.key()));
    }
    try {
      ((BulkGetter) getter).getAll(context, Collections.unmodifiableMap(sinks));
    } catch (Throwable failure) {
      sinks.values().forEach(GetterSink::close);
      for (Flight<String, GetResult> flight : flights) {
        Ticket ticket = Objects.requireNonNull(tickets.get(flight.key()));
        land(flight, failed(flight.key(), failure, flights.size() == 1, ticket));
      }
      return;
    }
    sinks.values().forEach(GetterSink::close); // all of them, before anybody hears of the first
    for (Flight<String, GetResult> flight : flights) {
      String key = flight.key();
      GetterSink sink = Objects.requireNonNull(sinks.get(key));
      Ticket ticket = Objects.requireNonNull(tickets.get(key));
      ByteView value;
      try {
        value = valueIn(sink, key);
      } catch (RuntimeException none) {
        land(flight, failed(key, none, true, ticket));
        continue;
      }
      flight.succeed(hold(key, value, sink.timeToLive(), ticket));
    }
  }

  private void land(Flight<String, GetResult> flight, RuntimeException failure) {
    GetResult result;
    try {
      result = staleOr(flight.key(), failure);
    } catch (RuntimeException none) {
      flight.fail(none);
      return;
    }
    flight.succeed(result);
  }

  private ByteView valueIn(GetterSink sink, String key) {
    if (isBulk() && !sink.isSet()) {
      throw new KeyNotFoundException(key);
    }
    return sink.value();
  }

  private GetResult hold(String key, ByteView value, long timeToLive, Ticket ticket) {
    counts.loadsLocal.increment();
    ByteView held = times.loaded(value, ticket.takenAt, timeToLive);
    caches.put(CacheType.MAIN, key, held, ticket.number);
    return new Found(held, Source.LOAD);
  }

  /** What is served in place of a failure: a value whose time was up a moment ago. */
  GetResult staleOr(String key, RuntimeException failure) {
    Found stale =
        failure instanceof LoadException ? caches.findStale(key, times.staleIfError()) : null;
    if (stale == null) {
      throw failure;
    }
    counts.stale.increment();
    return stale;
  }

  private RuntimeException failed(
      String key, Throwable failure, boolean ofThisKeyOnly, Ticket ticket) {
    counts.loadsLocalErrors.increment();
    if (failure instanceof KeyNotFoundException notFound) {
      if (key.equals(notFound.key())) {
        notFound(key, ticket);
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

  private void notFound(String key, Ticket ticket) {
    if (times.remembersWhatIsNotFound()) {
      caches.put(CacheType.MAIN, key, times.notFound(ticket.takenAt), ticket.number);
    } else {
      caches.remove(key, ticket.number); // what is loaded anew may be held
    }
  }

  private Ticket ticket(String key) {
    return new Ticket(caches.ticket(key), System.nanoTime());
  }

  /** What was there when the load began. */
  private record Ticket(long number, long takenAt) {}
}
