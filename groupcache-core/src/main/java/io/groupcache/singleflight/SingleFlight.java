package io.groupcache.singleflight;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Of many callers that want the same work at the same time, the first does it, in its own thread,
 * and all get its result. Safe for use from many threads.
 *
 * <p>What happens to one caller is no other's trouble: a waiter leaves at its own deadline or when
 * it is interrupted, and the flight goes on; and when the leader's work fails because the leader
 * itself was interrupted or ran out of time, a waiter takes its place.
 *
 * @param <K> keys, with {@code equals} and {@code hashCode}
 * @param <V> results
 */
public final class SingleFlight<K, V> {

  private static final int STACK_RESERVE = 64;

  private final ConcurrentHashMap<K, Flight<V>> flights = new ConcurrentHashMap<>();

  /**
   * Does {@code work}, or waits for the caller that is doing it for {@code key} already.
   *
   * @param timeoutNanos how long to wait for another caller's work, in nanoseconds; work done in
   *     this thread is not cut short
   * @param work must give a result or throw
   * @return the result, the same object for all callers of a flight
   * @throws Exception what {@code work} threw, an {@link Error} included, the same object for all
   *     callers of a flight
   * @throws IllegalStateException when waiting would never end, because the work that this thread
   *     would wait for waits for this thread
   * @throws TimeoutException when another caller's work took longer than {@code timeoutNanos}
   * @throws InterruptedException when this thread was interrupted while it waited
   */
  public V run(K key, long timeoutNanos, Callable<? extends V> work) throws Exception {
    long start = System.nanoTime();
    while (true) {
      reserveStack(STACK_RESERVE);
      Flight<V> mine = new Flight<>();
      Flight<V> theirs = flights.putIfAbsent(key, mine);
      if (theirs == null) {
        return lead(key, mine, start, timeoutNanos, work);
      }
      long left = timeoutNanos - (System.nanoTime() - start);
      if (!theirs.await(left, TimeUnit.NANOSECONDS)) {
        throw new TimeoutException("The work for '" + key + "' took too long");
      }
      if (!theirs.isAbandoned()) {
        return theirs.result();
      }
    }
  }

  /**
   * Overflows the stack here, if it is about to, rather than where a flight has begun and could not
   * land any more.
   */
  private static int reserveStack(int frames) {
    return frames == 0 ? 0 : 1 + reserveStack(frames - 1);
  }

  private V lead(K key, Flight<V> flight, long start, long timeoutNanos, Callable<? extends V> work)
      throws Exception {
    try {
      V result = Objects.requireNonNull(work.call(), "the work gave no result");
      flight.succeeded(result);
      return result;
    } catch (Throwable failure) {
      boolean ofThisCallerOnly =
          failure instanceof InterruptedException
              || Thread.currentThread().isInterrupted()
              || System.nanoTime() - start >= timeoutNanos;
      if (!ofThisCallerOnly) {
        flight.failed(failure);
      }
      throw failure;
    } finally {
      flights.remove(key);
      flight.land();
    }
  }
}
