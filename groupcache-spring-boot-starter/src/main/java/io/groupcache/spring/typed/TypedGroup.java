package io.groupcache.spring.typed;

import io.groupcache.Group;
import io.groupcache.Invalidation;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A {@link Group} of typed keys and values. The caches hold bytes: each get reads them anew, so
 * that nobody can change what another gets. Safe for use from many threads.
 *
 * <p>Gets throw what those of {@link Group} throw. A value that can't be read, such as one that
 * another release of the application has written, is loaded by this application's {@link Loader},
 * returned and not kept; where the group is a plain {@link io.groupcache.Getter}, the get throws a
 * {@link io.groupcache.GroupCacheException}.
 *
 * <p>No argument may be null. A key that can't be text is an {@link
 * io.groupcache.InvalidKeyException}.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public interface TypedGroup<K, V> {

  /** The name of the group. */
  String name();

  /** The group as it is: with keys as text and values as bytes. */
  Group group();

  /**
   * The value of a key.
   *
   * @throws io.groupcache.KeyNotFoundException when there is none
   * @throws io.groupcache.LoadException when the loader failed
   */
  V get(K key);

  /** The value of a key, or empty when there is none. Throws else what {@link #get} throws. */
  Optional<V> find(K key);

  /**
   * The values of keys, in the order of the keys, without those that don't exist. If any of the
   * others can't be had, it throws what a {@link #get} of that key throws: a key that is missing
   * from the result does not exist. {@code group().getAll(…)} has the others nevertheless.
   */
  Map<K, V> getAll(Collection<? extends K> keys);

  /**
   * The value of a key, at once where a cache holds it. No thread of the caller waits for it, and
   * none of the group's while another peer loads it. It completes exceptionally with what {@link
   * #get} throws, at the latest after {@code groupcache.timeout}. What depends on it runs in a
   * thread of the {@link io.groupcache.spring.load.LoadExecutor}.
   */
  CompletableFuture<V> getAsync(K key);

  /** The values of keys: as {@link #getAll}, in the way of {@link #getAsync}. */
  CompletableFuture<Map<K, V>> getAllAsync(Collection<? extends K> keys);

  /** Has all peers forget a key: see {@link Group#remove}. */
  Invalidation remove(K key);

  /** Has all peers forget these keys, in one round: see {@link Group#removeAll}. */
  Invalidation removeAll(Collection<? extends K> keys);

  /** Has all peers forget all keys: see {@link Group#clear}. */
  Invalidation clear();

  /**
   * Has the owner of a key hold a value, and all other peers forget the key: see {@link Group#set}.
   */
  Invalidation set(K key, V value);

  /**
   * Has the owner of a key hold a value for a time: see {@link Group#set(String,
   * io.groupcache.ByteView, Duration)}.
   *
   * @param timeToLive how long it may be used, whatever the {@link Codec} says
   */
  Invalidation set(K key, V value, Duration timeToLive);

  /**
   * Has all peers forget a key once the current transaction has committed; at once where there is
   * none, and never where it is rolled back. The keys of one transaction go in one round. The
   * transaction is that of Spring's {@code TransactionSynchronizationManager}, and so of the
   * thread.
   */
  void removeAfterCommit(K key);
}
