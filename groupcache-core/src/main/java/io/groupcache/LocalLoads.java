package io.groupcache;

import java.util.concurrent.Executor;

/** How a group loads keys on this peer: with its getter, each key once at a time. */
final class LocalLoads {

  private final String group;
  private final Getter getter;
  private final CommonSettings settings;
  private final CachePair caches;
  private final Counts counts;
  private final Flights flights;
  private final LoadPermits permits;

  LocalLoads(
      String group,
      Getter getter,
      CommonSettings settings,
      int maxConcurrentLoads,
      CachePair caches,
      Counts counts) {
    this.group = group;
    this.getter = getter;
    this.settings = settings;
    this.caches = caches;
    this.counts = counts;
    this.flights = new Flights(group, settings.timeoutNanos());
    this.permits = new LoadPermits(group, maxConcurrentLoads);
  }

  /** Loads a key that this peer owns, or has to answer for. */
  GetResult load(GetContext context, String key) {
    return load(context, key, true);
  }

  /** Loads a key that no peer could give, together with the peers' requests for it. */
  GetResult loadInstead(GetContext context, String key) {
    return load(context, key, false);
  }

  private GetResult load(GetContext context, String key, boolean counted) {
    return flights.fly(
        context,
        key,
        load -> execute(context, load),
        () -> {
          GetResult cached = caches.lookAgain(key);
          if (cached != null) {
            return cached;
          }
          if (counted) {
            counts.loadsDeduped.increment();
          }
          return getLocally(context, key);
        });
  }

  /** Nobody can leave a getter that runs in its own thread: not at a deadline, for one. */
  private void execute(GetContext context, Runnable load) {
    Executor executor = context.hasDeadline() ? settings.executor() : Flights.IN_THE_CALLERS_THREAD;
    permits.execute(context, executor, load);
  }

  private GetResult getLocally(GetContext context, String key) {
    ByteView value;
    try (GetterSink sink = new GetterSink(settings.maxValueBytes())) {
      getter.get(context.forGetter(), key, sink);
      value = sink.value();
    } catch (KeyNotFoundException notFound) {
      counts.loadsLocalErrors.increment();
      // It may be about a key of another group, which the getter asked for.
      throw key.equals(notFound.key()) ? notFound : new KeyNotFoundException(key, notFound);
    } catch (Throwable failure) { // an Error too must reach every caller as a failed load
      counts.loadsLocalErrors.increment();
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt(); // for the caller, and so that a waiter takes over
      }
      throw new LoadException(
          "The getter of group '" + group + "' failed for key '" + key + "': " + describe(failure),
          failure);
    }
    counts.loadsLocal.increment();
    caches.put(CacheType.MAIN, key, value);
    return new GetResult(value, Source.LOAD);
  }

  private static String describe(Throwable failure) {
    try {
      return failure.toString();
    } catch (RuntimeException | Error e) { // some messages are computed, and can fail
      return failure.getClass().getName();
    }
  }
}
