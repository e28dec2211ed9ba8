package io.groupcache.spring.http.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.groupcache.GetContext;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.PeerDownException;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.http.PeerState;
import io.groupcache.spring.http.wire.LogText;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import java.time.Duration;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a peer alone that has failed again and again: it is passed over at once, and after a pause
 * a single request finds out whether it is back. The pauses grow.
 */
final class PeerBreaker implements PeerWay {

  private static final Log log = LogFactory.getLog(PeerBreaker.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final String peer;
  private final PeerWay way;
  private final CircuitBreaker breaker;
  private volatile String lastFailure = "";

  /** Guards the way to the peer of that base URL. */
  PeerBreaker(String peer, PeerWay way) {
    this(peer, way, FIRST_PAUSE, LONGEST_PAUSE);
  }

  /** One with other pauses. */
  PeerBreaker(String peer, PeerWay way, Duration firstPause, Duration longestPause) {
    this.peer = peer;
    this.way = way;
    this.breaker = CircuitBreaker.of(peer, config(firstPause, longestPause));
    breaker.getEventPublisher().onStateTransition(event -> report(event.getStateTransition()));
  }

  @Override
  public GetResponse get(GetContext context, GetRequest request) {
    Call call = admit();
    GetResponse response;
    try {
      response = way.get(context, request);
    } catch (Throwable failure) {
      call.ended(failure);
      throw failure;
    }
    call.ended(null);
    return response;
  }

  @Override
  public boolean takesMany() {
    return way.takesMany();
  }

  /** One request, which has ended when its answer has. */
  @Override
  public @Nullable ManyKeysReader ask(GetContext context, String group, List<String> keys) {
    Call call = admit();
    ManyKeysReader reader;
    try {
      reader = way.ask(context, group, keys);
    } catch (Throwable failure) {
      call.ended(failure);
      throw failure;
    }
    if (reader == null) {
      call.ended(null);
    } else {
      reader.whenEnded(call::ended);
    }
    return reader;
  }

  @Override
  public boolean endsInTime() {
    return way.endsInTime();
  }

  PeerState state() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> PeerState.DOWN;
      case HALF_OPEN -> PeerState.PROBED;
      case CLOSED, DISABLED, METRICS_ONLY -> PeerState.UP;
    };
  }

  private Call admit() {
    if (!breaker.tryAcquirePermission()) {
      throw new PeerDownException("Peer " + peer + " is down: " + lastFailure);
    }
    return new Call();
  }

  private static CircuitBreakerConfig config(Duration firstPause, Duration longestPause) {
    return CircuitBreakerConfig.custom()
        // Two failures within three requests: few callers find out, and one failure tells nothing.
        .slidingWindowType(SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(3)
        .minimumNumberOfCalls(2)
        .failureRateThreshold(60)
        .slowCallDurationThreshold(Duration.ofDays(1)) // time-outs tell who is too slow
        .permittedNumberOfCallsInHalfOpenState(1)
        .waitIntervalFunctionInOpenState(
            IntervalFunction.ofExponentialBackoff(firstPause, 2, longestPause))
        .ignoreException(failure -> health(failure) == Health.UNKNOWN)
        .recordException(failure -> health(failure) == Health.ILL)
        .build();
  }

  private static Health health(Throwable failure) {
    if (failure instanceof KeyNotFoundException || failure instanceof LoadException) {
      return Health.WELL;
    }
    return failure instanceof PeerFailure known ? known.health() : Health.ILL;
  }

  /** One line when a peer goes, and one when it is back, however many requests there are. */
  private void report(StateTransition transition) {
    if (transition.getFromState() == State.CLOSED && transition.getToState() == State.OPEN) {
      log.warn(
          "Peer "
              + peer
              + " is down, the next ones on the ring stand in for it until it is back: "
              + lastFailure);
    } else if (transition.getToState() == State.CLOSED) {
      log.info("Peer " + peer + " is back");
    }
  }

  /** A request that was let through, and what comes of it. */
  private final class Call {

    private final boolean probe = breaker.getState() == State.HALF_OPEN;
    private final long start = breaker.getCurrentTimestamp();

    void ended(@Nullable Throwable failure) {
      if (failure != null && health(failure) == Health.ILL) {
        lastFailure = LogText.oneLine(String.valueOf(failure.getMessage()));
      }
      // What was asked before the peer went down says nothing once it is probed.
      if (!probe && breaker.getState() == State.HALF_OPEN) {
        return;
      }
      long duration = breaker.getCurrentTimestamp() - start;
      if (failure == null) {
        breaker.onSuccess(duration, breaker.getTimestampUnit());
      } else {
        breaker.onError(duration, breaker.getTimestampUnit(), failure);
      }
    }
  }
}
