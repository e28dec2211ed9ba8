package io.groupcache;

import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.singleflight.SingleFlight;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
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
 *   <li>{@link DeadlineExceededException} when the context's deadline passed while another caller
 *       was loading the key,
 *   <li>{@link GroupCacheException} when this thread was interrupted while it waited, with its
 *       interrupt flag set, or when it would wait for itself: a getter that gets its own key,
 *   <li>{@link IllegalArgumentException} when the key is text that has no UTF-8 form,
 *   <li>{@link IllegalStateException} when the {@link GroupCache} is closed.
 * </ul>
 */
public final class Group {

  private final String name;
  private final Getter getter;
  private final PeerPicker peers;
  private final PromotionPolicy promotion;
  private final BooleanSupplier closed;
  private final CachePair caches;
  private final Counts counts = new Counts();

  // Two flights, because a peer's request must never wait for a request to a peer: where two rings
  // disagree for a moment, each of two peers would wait for the other.
  private final SingleFlight<String, GetResult> localFlight = new SingleFlight<>();
  private final SingleFlight<String, GetResult> peerFlight = new SingleFlight<>();

  Group(
      String name,
      long cacheBytes,
      Getter getter,
      PeerPicker peers,
      PromotionPolicy promotion,
      BooleanSupplier closed) {
    this.name = name;
    this.getter = getter;
    this.peers = peers;
    this.promotion = promotion;
    this.closed = closed;
    this.caches = new CachePair(cacheBytes);
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
    ByteView main = lookupCache(context, CacheType.MAIN, key);
    if (main != null) {
      return main;
    }
    ByteView hot = lookupCache(context, CacheType.HOT, key);
    return hot != null ? hot : load(context, key).value();
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
      (type == CacheType.MAIN ? counts.mainHits : counts.hotHits).increment();
      if (context.forPeer()) {
        counts.serverRequests.increment();
      }
    }
    return value;
  }

  private GetResult load(GetContext context, String key) {
    if (closed.getAsBoolean()) {
      throw new IllegalStateException("The group '" + name + "' is closed");
    }
    if (!Utf8.isWellFormed(key)) {
      throw new IllegalArgumentException(
          "A key must be well-formed text: this one has half a surrogate pair, which has no UTF-8"
              + " form");
    }
    counts.loads.increment();
    if (context.forPeer()) {
      counts.serverRequests.increment();
      return fly(localFlight, context, key, () -> loadAsOwner(context, key));
    }
    ProtoGetter peer = peers.pickPeer(key);
    return peer == null
        ? fly(localFlight, context, key, () -> loadAsOwner(context, key))
        : fly(peerFlight, context, key, () -> loadFromOwner(peer, context, key));
  }

  private GetResult loadAsOwner(GetContext context, String key) {
    GetResult cached = lookAgain(key);
    if (cached != null) {
      return cached;
    }
    counts.loadsDeduped.increment();
    return getLocally(context, key);
  }

  private GetResult loadFromOwner(ProtoGetter peer, GetContext context, String key) {
    GetResult cached = lookAgain(key);
    if (cached != null) {
      return cached;
    }
    counts.loadsDeduped.increment();
    try {
      return getFromPeer(peer, context, key);
    } catch (KeyNotFoundException | LoadException lastWord) {
      throw lastWord; // the owner's getter has run, so running it here would do no better
    } catch (Throwable failure) { // an Error too: a local load would spare the callers that
      counts.peerErrors.increment();
      return loadInstead(context, key, failure);
    }
  }

  /** Loads a key whose owner can't, together with the peers' requests for it. */
  private GetResult loadInstead(GetContext context, String key, Throwable peerFailure) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(key, peerFailure);
    }
    try {
      return fly(
          localFlight,
          context,
          key,
          () -> {
            GetResult cached = lookAgain(key);
            return cached != null ? cached : getLocally(context, key);
          });
    } catch (LoadException failure) {
      failure.addSuppressed(peerFailure);
      throw failure;
    }
  }

  /**
   * Looks once more, in a flight: single flight merges only loads that overlap, so another load may
   * have filled the cache between this get's look and its flight. Not counted: it is the same get.
   */
  private @Nullable GetResult lookAgain(String key) {
    ByteView main = caches.get(CacheType.MAIN, key);
    if (main != null) {
      return new GetResult(main, Source.MAIN);
    }
    ByteView hot = caches.get(CacheType.HOT, key);
    return hot == null ? null : new GetResult(hot, Source.HOT);
  }

  private GetResult getLocally(GetContext context, String key) {
    ByteView value;
    try (GetterSink sink = new GetterSink()) {
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
          "The getter of group '" + name + "' failed for key '" + key + "': " + describe(failure),
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

  private GetResult getFromPeer(ProtoGetter peer, GetContext context, String key) {
    GetResponse response =
        peer.get(context, GetRequest.newBuilder().setGroup(name).setKey(key).build());
    ByteView value = ByteView.of(response.getValue());
    counts.loadsPeer.increment();
    if (promotion.promote(key, response)) {
      caches.put(CacheType.HOT, key, value);
    }
    return new GetResult(value, Source.PEER);
  }

  private GetResult fly(
      SingleFlight<String, GetResult> flight,
      GetContext context,
      String key,
      Callable<GetResult> load) {
    try {
      return flight.run(key, context.remainingNanos(), load);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(key, e);
    } catch (TimeoutException e) {
      throw new DeadlineExceededException(
          "Another load of key '"
              + key
              + "' of group '"
              + name
              + "' took longer than this get had");
    } catch (IllegalStateException e) {
      throw new GroupCacheException(
          "Key '" + key + "' of group '" + name + "' can't load: its getter waits for it", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("a load throws nothing else", e);
    }
  }

  private GroupCacheException interrupted(String key, Throwable cause) {
    return new GroupCacheException(
        "Interrupted while key '" + key + "' of group '" + name + "' was loading", cause);
  }
}
