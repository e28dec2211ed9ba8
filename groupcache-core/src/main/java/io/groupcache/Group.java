package io.groupcache;

import io.groupcache.internal.ChangeableGroup;
import io.groupcache.internal.CommonSettings;
import io.groupcache.internal.Counts;
import io.groupcache.internal.Durations;
import io.groupcache.internal.KeyLimit;
import io.groupcache.internal.LoadFailures;
import io.groupcache.internal.PendingResults;
import io.groupcache.internal.cache.CachePair;
import io.groupcache.internal.cache.Found;
import io.groupcache.internal.cache.Held;
import io.groupcache.internal.cache.TimePolicy;
import io.groupcache.internal.change.ChangeOutcome;
import io.groupcache.internal.load.LocalLoads;
import io.groupcache.internal.peer.PeerLoads;
import io.groupcache.internal.peer.SentValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
 *   <li>{@link InvalidKeyException} when the key is text that has no UTF-8 form, or is longer than
 *       the {@link GroupCache} allows,
 *   <li>{@link IllegalStateException} when the {@link GroupCache} is closed.
 * </ul>
 */
public final class Group {

  /** How many keys of one get of many are loaded here at a time, by a getter that is not bulk. */
  private static final int MAX_LOADS = 64;

  private final String name;
  private final String version;
  private final CommonSettings settings;
  private final BooleanSupplier closed;
  private final TimePolicy times;
  private final CachePair caches;
  private final Counts counts = new Counts();

  // Two kinds of loads with a flight each, because a peer's request must never wait for a request
  // to a peer: where two rings disagree for a moment, each of two peers would wait for the other.
  private final LocalLoads localLoads;
  private final PeerLoads peerLoads;
  private final LoadFailures failures;

  Group(
      String name,
      GroupOptions options,
      Getter getter,
      CommonSettings settings,
      BooleanSupplier closed) {
    this.name = name;
    this.version = options.version().orElse("");
    this.settings = settings;
    this.closed = closed;
    this.times = TimePolicy.of(options);
    this.caches = new CachePair(options.cacheBytes(), options.eviction(), counts.expirations);
    this.localLoads =
        new LocalLoads(name, getter, settings, options.maxConcurrentLoads(), times, caches, counts);
    this.peerLoads =
        new PeerLoads(name, nameBetweenPeers(), settings, times, caches, counts, localLoads);
    this.failures = new LoadFailures(name);
  }

  /** Has changes that any peer makes be this group's from now on: it has its name for itself. */
  void takePart() {
    settings
        .changes()
        .add(name, new ChangeableGroup(version, settings, times, caches, localLoads, peerLoads));
  }

  /** The name of this group. */
  public String name() {
    return name;
  }

  /** By which name peers ask for it: with its version, where it has one. */
  String nameBetweenPeers() {
    return version.isEmpty() ? name : name + "@" + version;
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
    ByteView held = caches.findInMain(Objects.requireNonNull(key, "A key must not be null"));
    if (held == null
        || !context.isOfCaller()
        || (held instanceof Held timed && !timed.isFresh(times))) {
      return getElsewhere(context, key); // a method of its own keeps what a hit runs small
    }
    counts.mainHits.increment();
    return held;
  }

  /** The values of {@code keys}: as {@link #getAll(GetContext, Collection)} in the background. */
  public GetAllResult getAll(Collection<String> keys) {
    return getAll(GetContext.background(), keys);
  }

  /**
   * The values of {@code keys}: those that this peer's caches hold, and of the others what their
   * owners give, each of them asked once, all at the same time. A failure is that of its key, and
   * costs the others nothing: it is in the result, not thrown; that of a key that can't be one, an
   * {@link InvalidKeyException}, too.
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
    Map<String, GetResult> held = new LinkedHashMap<>();
    Map<String, KeyNotFoundException> notFound = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String key : keys) {
      try {
        GetResult found = lookup(context, key);
        if (found != null) {
          held.put(key, found);
        } else {
          missing.add(key);
        }
      } catch (KeyNotFoundException remembered) {
        notFound.put(key, remembered);
      }
    }
    PendingResults pending = new PendingResults(failures);
    try {
      GetContext bounded = missing.isEmpty() ? context : bounded(context);
      if (!missing.isEmpty()) {
        loadAll(bounded, missing, maxConcurrentLoads, pending);
      }
      held.forEach(results::onValue); // not sooner: it may take its time
      notFound.forEach(results::onFailure);
      pending.await(bounded, missing, results);
    } finally {
      pending.leave();
    }
  }

  /**
   * The value of {@code key} that this peer's caches hold; null when they hold none. Counts as a
   * get only where there is one. For those who answer peers, and go on with {@link #load}.
   *
   * @throws KeyNotFoundException when it is remembered that there is no such key
   */
  public @Nullable GetResult getIfPresent(GetContext context, String key) {
    return lookup(context, key);
  }

  /** Whether {@code key} is being loaded by this peer's getter, or waits for its turn. */
  public boolean isLoading(String key) {
    return localLoads.isUnderWay(key);
  }

  /**
   * Has keys loaded that the caches don't hold, and tells {@code results} of each once: in this
   * call, or later in other threads, which it must not keep waiting. Never waits itself, and knows
   * no deadline: a load may take as long as the {@link GroupCache} allows. For those who answer
   * peers.
   *
   * @param keys no key twice
   * @param maxConcurrentLoads how many of them may be loaded here at a time
   * @throws IllegalStateException when the {@link GroupCache} is closed
   */
  public void load(
      GetContext context,
      Collection<String> keys,
      int maxConcurrentLoads,
      ResultHandler<GetResult> results) {
    loadAll(context, keys, maxConcurrentLoads, results);
  }

  // Not get(…) in terms of this: a hit there makes no object.

  /** The value of {@code key}, and where it was found. */
  public GetResult getResult(GetContext context, String key) {
    GetResult held = lookup(context, key);
    return held != null ? held : load(context, key);
  }

  /**
   * Has all peers forget a key, so that it is loaded anew: after a removal that is {@linkplain
   * Invalidation#isComplete complete} no get that begins on any peer gives a value whose load began
   * before this call. Call it once the new value can be seen by the getter, after a commit, say.
   *
   * <p>Waits until all peers have done it, or can't be reached, or have not answered in time; what
   * is pending then is done as soon as they can be reached. May be called within a getter; then
   * what that loads for this key is not kept.
   *
   * @throws InvalidKeyException when it can't be a key
   * @throws IllegalStateException when the {@link GroupCache} is closed
   */
  public Invalidation remove(String key) {
    return removeAll(List.of(key));
  }

  /** Has all peers forget these keys: as {@link #remove}, in one round. */
  public Invalidation removeAll(Collection<String> keys) {
    checkOpen();
    keys.forEach(key -> KeyLimit.check(key, settings.maxKeyBytes()));
    if (keys.isEmpty()) {
      return new Invalidation(true, List.of(), List.of());
    }
    counts.removals.add(keys.size());
    return invalidation(settings.changes().remove(name, keys));
  }

  /** Has all peers forget all keys of this group: as {@link #remove}. */
  public Invalidation clear() {
    checkOpen();
    counts.removals.increment();
    return invalidation(settings.changes().clear(name));
  }

  /** Has the owner of a key hold a value: as {@link #set(String, ByteView, Duration)}. */
  public Invalidation set(String key, ByteView value) {
    return set(key, value, Held.NEVER);
  }

  /**
   * Has the owner of a key hold a value, and all other peers forget the key: as {@link #remove}. Of
   * values that are set at the same time one wins, on all peers. As any cached value it can be lost
   * at any time; then the getter is asked.
   *
   * @param timeToLive how long the value may be used, in place of the group's time to live
   * @throws IllegalArgumentException when the time is negative, or the value is longer than the
   *     {@link GroupCache} allows
   * @throws InvalidKeyException when it can't be a key
   * @throws IllegalStateException when the {@link GroupCache} is closed, or when the other peers
   *     can't know that this one may send them values: the message says what to configure
   */
  public Invalidation set(String key, ByteView value, Duration timeToLive) {
    if (timeToLive.isNegative()) {
      throw new IllegalArgumentException("A time to live can't be negative: " + timeToLive);
    }
    return set(key, value, Durations.saturatedNanos(timeToLive));
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

  private Invalidation set(String key, ByteView value, long ownTimeToLive) {
    checkOpen();
    KeyLimit.check(key, settings.maxKeyBytes());
    if (value.length() > settings.maxValueBytes()) {
      throw new IllegalArgumentException(
          "A value may have "
              + settings.maxValueBytes()
              + " bytes (groupcache.max-value-bytes): this one has "
              + value.length());
    }
    settings.peers().checkTakesValues();
    counts.sets.increment();
    ByteView held = times.loaded(value.compact(), System.nanoTime(), ownTimeToLive);
    return invalidation(
        settings
            .changes()
            .set(name, version, key, SentValue.response(new Found(held, Source.LOAD))));
  }

  private Invalidation invalidation(ChangeOutcome outcome) {
    Invalidation invalidation =
        new Invalidation(outcome.complete(), outcome.pending(), outcome.pendingForGood());
    settings.changeListener().onChange(name, invalidation);
    return invalidation;
  }

  private @Nullable GetResult lookup(GetContext context, String key) {
    Objects.requireNonNull(key, "A key must not be null");
    if (context.asker() != null) {
      settings.changes().prepareToAnswer(name, key, context.changes(key));
    }
    ByteView held = caches.findInMain(key);
    if (held == null && caches.isHidden()) {
      settings.changes().awaitTouch();
      held = caches.findInMain(key);
    }
    GetResult main = hit(context, key, held, Source.MAIN);
    return main != null ? main : hit(context, key, caches.findInHot(key), Source.HOT);
  }

  private @Nullable GetResult hit(
      GetContext context, String key, @Nullable ByteView held, Source source) {
    if (held == null || (held instanceof Held timed && timed.isExpired())) {
      return null;
    }
    countHit(context, source == Source.MAIN ? counts.mainHits : counts.hotHits);
    if (held instanceof Held timed) {
      if (timed.isNotFound()) {
        counts.notFound.increment();
        throw new KeyNotFoundException(key);
      }
      if (timed.claimRefresh(times)) {
        refresh(context, key);
      }
    }
    return new Found(held, source);
  }

  /** Has the owner load a value anew that is served meanwhile. */
  private void refresh(GetContext context, String key) {
    GetContext load = ofGetter(context);
    ProtoGetter owner = context.asker() != null ? null : settings.peers().pickPeer(key);
    if (owner == null) {
      localLoads.refresh(load, key);
    } else {
      peerLoads.refresh(owner, load, key);
    }
  }

  private void countHit(GetContext context, LongAdder hits) {
    hits.increment();
    if (context.asker() != null) {
      counts.serverRequests.increment();
    }
  }

  /** The value of a key that the main cache does not hold, or not without more ado. */
  private ByteView getElsewhere(GetContext context, String key) {
    GetResult held = lookup(context, key);
    return held != null ? held.value() : load(context, key).value();
  }

  private GetResult load(GetContext context, String key) {
    checkOpen();
    KeyLimit.check(key, settings.maxKeyBytes());
    count(context, 1);
    GetContext bounded = bounded(context);
    GetContext load = ofGetter(context);
    ProtoGetter owner = context.asker() != null ? null : settings.peers().pickPeer(key);
    return owner == null
        ? localLoads.load(bounded, load, key, true)
        : peerLoads.load(owner, bounded, load, key);
  }

  private void loadAll(
      GetContext context,
      Collection<String> keys,
      int maxConcurrentLoads,
      ResultHandler<GetResult> results) {
    checkOpen();
    List<String> mine = new ArrayList<>();
    Map<ProtoGetter, List<String>> ofPeers = new LinkedHashMap<>();
    for (String key : keys) {
      if (canBe(key, results)) {
        ProtoGetter owner = context.asker() != null ? null : settings.peers().pickPeer(key);
        (owner == null ? mine : ofPeers.computeIfAbsent(owner, peer -> new ArrayList<>())).add(key);
      }
    }
    count(context, mine.size() + ofPeers.values().stream().mapToInt(List::size).sum());
    if (context.remainingNanos() <= 0) {
      mine.forEach(key -> results.onFailure(key, failures.noTimeLeft(key)));
      ofPeers
          .values()
          .forEach(
              theirs -> theirs.forEach(key -> results.onFailure(key, failures.noTimeLeft(key))));
      return;
    }
    GetContext load = ofGetter(context);
    ofPeers.forEach((owner, theirs) ->
        peerLoads.loadAll(owner, context, load, theirs, maxConcurrentLoads, results));
    if (!mine.isEmpty()) {
      Object asker = Objects.requireNonNullElse(context.asker(), results);
      localLoads.loadAll(asker, load, mine, maxConcurrentLoads, true, results);
    }
  }

  private void count(GetContext context, int loads) {
    counts.loads.add(loads);
    if (context.asker() != null) {
      counts.serverRequests.add(loads);
    }
  }

  /** How long a caller waits: as it says, or else as all. */
  private GetContext bounded(GetContext context) {
    // Whatever a peer says that it waits: it is not for others to say how long this one works.
    return context.asker() != null
        ? context.atMost(settings.timeoutNanos())
        : context.orTimeout(settings.timeoutNanos());
  }

  /** A load is for all who want it: it has the time that this peer gives it, not its caller's. */
  private GetContext ofGetter(GetContext context) {
    return context.forGetter(settings.timeoutNanos());
  }

  private boolean canBe(String key, ResultHandler<GetResult> results) {
    try {
      KeyLimit.check(key, settings.maxKeyBytes());
      return true;
    } catch (InvalidKeyException e) {
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
