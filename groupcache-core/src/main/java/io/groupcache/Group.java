package io.groupcache;

import io.groupcache.singleflight.Landings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A name space of keys with their values, spread over the peers of a ring. Made by {@link
 * GroupCache#newGroup}; safe for use from many threads.
 *
 * <p>A get looks into this peer's caches; what they don't hold is loaded by the peer that owns the
 * key, once, however many callers on however many peers ask. All of the gets throw the same:
 *
 * <ul>
 *   <li>{@link KeyNotFoundException} when the getter says that there is no such key,
 *   <li>{@link LoadException} when the getter failed,
 *   <li>{@link DeadlineExceededException} when the deadline of the context passed, or that of the
 *       {@link GroupCache} where the context has none; the load may go on,
 *   <li>{@link GroupCacheException} when this thread was interrupted while it waited, with its
 *       interrupt flag set, or when it would wait for itself: a getter that gets its own key,
 *   <li>{@link IllegalArgumentException} when the key is text that has no UTF-8 form, or is longer
 *       than the {@link GroupCache} allows,
 *   <li>{@link IllegalStateException} when the {@link GroupCache} is closed.
 * </ul>
 */
public final class Group {

  /** How many keys of one get of many are loaded here at a time, by a getter that is not bulk. */
  static final int MAX_LOADS = 64;

  private final String name;
  private final CommonSettings settings;
  private final BooleanSupplier closed;
  private final CachePair caches;
  private final Counts counts = new Counts();

  // Two kinds of loads with a flight each, because a peer's request must never wait for a request
  // to a peer: where two rings disagree for a moment, each of two peers would wait for the other.
  private final LocalLoads localLoads;
  private final PeerLoads peerLoads;

  Group(
      String name,
      GroupOptions options,
      Getter getter,
      CommonSettings settings,
      BooleanSupplier closed) {
    this.name = name;
    this.settings = settings;
    this.closed = closed;
    this.caches = new CachePair(options.cacheBytes(), options.eviction());
    this.localLoads =
        new LocalLoads(name, getter, settings, options.maxConcurrentLoads(), caches, counts);
    this.peerLoads = new PeerLoads(name, settings, caches, counts, localLoads);
  }

  /** The name of this group. */
  public String name() {
    return name;
  }

  /** The value of {@code key}, as the immutable view that the cache holds. */
  public ByteView get(String key) {
    return get(GetContext.background(), key);
  }

  /** The value of {@code key}, as {@code sink} makes it: see {@link Sinks}. */
  public <T> T get(String key, ValueSink<T> sink) {
    return sink.read(get(key));
  }

  /** The value of {@code key}, as {@code sink} makes it: see {@link Sinks}. */
  public <T> T get(GetContext context, String key, ValueSink<T> sink) {
    return sink.read(get(context, key));
  }

  /** The value of {@code key}, as the immutable view that the cache holds. */
  public ByteView get(GetContext context, String key) {
    ByteView main =
        caches.get(CacheType.MAIN, Objects.requireNonNull(key, "A key must not be null"));
    if (main == null) {
      return getElsewhere(context, key); // a method of its own keeps what a hit runs small
    }
    countHit(context, counts.mainHits);
    return main;
  }

  /** The values of {@code keys}: as {@link #getAll(GetContext, Collection)} in the background. */
  public GetAllResult getAll(Collection<String> keys) {
    return getAll(GetContext.background(), keys);
  }

  /**
   * The values of {@code keys}: those that this peer's caches hold, and of the others what their
   * owners give, each of them asked once, all at the same time. A failure is that of its key, and
   * costs the others nothing: it is in the result, not thrown; that of a key that can't be one, an
   * {@link IllegalArgumentException}, too.
   *
   * @throws IllegalStateException when the {@link GroupCache} is closed
   */
  public GetAllResult getAll(GetContext context, Collection<String> keys) {
    GetAll all = new GetAll(keys);
    getAll(context, all.keys(), MAX_LOADS, all);
    return all.result();
  }

  /**
   * Gets the values of {@code keys}, as {@link #getAll(GetContext, Collection)} does, and tells
   * {@code results} of each as soon as it is there, in this thread. What that throws ends the get,
   * while the loads go on.
   *
   * @param maxConcurrentLoads how many of the keys may be loaded here at a time: of those that this
   *     peer owns, and, where it fails, of those of each owner; a {@link BulkGetter} loads them all
   *     at once
   * @throws IllegalArgumentException when {@code maxConcurrentLoads} is not positive
   * @throws IllegalStateException when the {@link GroupCache} is closed
   */
  public void getAll(
      GetContext context,
      Set<String> keys,
      int maxConcurrentLoads,
      ResultHandler<GetResult> results) {
    if (maxConcurrentLoads < 1) {
      throw new IllegalArgumentException("No key loads with " + maxConcurrentLoads + " at a time");
    }
    List<String> missing = new ArrayList<>();
    for (String key : keys) {
      ByteView main = lookupCache(context, CacheType.MAIN, key);
      ByteView hot = main == null ? lookupCache(context, CacheType.HOT, key) : null;
      if (main != null) {
        results.onValue(key, new GetResult(main, Source.MAIN));
      } else if (hot != null) {
        results.onValue(key, new GetResult(hot, Source.HOT));
      } else if (canBe(key, results)) {
        missing.add(key);
      }
    }
    if (!missing.isEmpty()) {
      checkOpen();
      loadAll(context, missing, maxConcurrentLoads, results);
    }
  }

  // Not get(…) in terms of this: a hit there makes no object.

  /** The value of {@code key}, and where it was found. */
  public GetResult getResult(GetContext context, String key) {
    ByteView main = lookupCache(context, CacheType.MAIN, key);
    if (main != null) {
      return new GetResult(main, Source.MAIN);
    }
    ByteView hot = lookupCache(context, CacheType.HOT, key);
    return hot != null ? new GetResult(hot, Source.HOT) : load(context, key);
  }

  /** What this group has done so far. */
  public GroupStats stats() {
    return counts.ofGroup();
  }

  /** What one of this group's caches holds, and has done so far. */
  public CacheStats cacheStats(CacheType type) {
    return counts.ofCache(type, caches);
  }

  void closeCaches() {
    caches.close();
  }

  private @Nullable ByteView lookupCache(GetContext context, CacheType type, String key) {
    ByteView value = caches.get(type, Objects.requireNonNull(key, "A key must not be null"));
    if (value != null) {
      countHit(context, type == CacheType.MAIN ? counts.mainHits : counts.hotHits);
    }
    return value;
  }

  private void countHit(GetContext context, LongAdder hits) {
    hits.increment();
    if (context.forPeer()) {
      counts.serverRequests.increment();
    }
  }

  /** The value of a key that the main cache does not hold. */
  private ByteView getElsewhere(GetContext context, String key) {
    ByteView hot = lookupCache(context, CacheType.HOT, key);
    return hot != null ? hot : load(context, key).value();
  }

  private GetResult load(GetContext context, String key) {
    checkOpen();
    KeyLimit.check(key, settings.maxKeyBytes());
    counts.loads.increment();
    if (context.forPeer()) {
      counts.serverRequests.increment();
      // Whatever a peer says that it waits: it is not for others to say how long this one works.
      return localLoads.load(context.atMost(settings.timeoutNanos()), key);
    }
    GetContext bounded = context.orTimeout(settings.timeoutNanos());
    ProtoGetter owner = settings.peers().pickPeer(key);
    return owner == null ? localLoads.load(bounded, key) : peerLoads.load(owner, bounded, key);
  }

  private void loadAll(
      GetContext context,
      List<String> keys,
      int maxConcurrentLoads,
      ResultHandler<GetResult> results) {
    counts.loads.add(keys.size());
    if (context.forPeer()) {
      counts.serverRequests.add(keys.size());
    }
    GetContext bounded =
        context.forPeer()
            ? context.atMost(settings.timeoutNanos())
            : context.orTimeout(settings.timeoutNanos());
    if (bounded.remainingNanos() <= 0) {
      keys.forEach(key -> results.onFailure(key, peerLoads.noTimeLeft(key)));
      return;
    }
    Landings<String, GetResult> landings = new Landings<>(bounded.caller());
    List<String> mine = new ArrayList<>();
    Map<ProtoGetter, List<String>> ofPeers = new HashMap<>();
    for (String key : keys) {
      ProtoGetter owner = context.forPeer() ? null : settings.peers().pickPeer(key);
      (owner == null ? mine : ofPeers.computeIfAbsent(owner, peer -> new ArrayList<>())).add(key);
    }
    // The peers first, which are asked in other threads.
    ofPeers.forEach(
        (owner, theirs) -> peerLoads.board(owner, bounded, theirs, maxConcurrentLoads, landings));
    localLoads.board(bounded, mine, maxConcurrentLoads, landings);
    peerLoads.await(landings, results);
  }

  private boolean canBe(String key, ResultHandler<GetResult> results) {
    try {
      KeyLimit.check(key, settings.maxKeyBytes());
      return true;
    } catch (IllegalArgumentException e) {
      results.onFailure(key, e);
      return false;
    }
  }

  private void checkOpen() {
    if (closed.getAsBoolean()) {
      throw new IllegalStateException("The group '" + name + "' is closed");
    }
  }
}
