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
import io.groupcache.spring.http.PeerState;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.LogText;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a peer alone that has failed again and again: it is passed over at once, and after a pause
 * a single request finds out whether it is back. The pauses grow.
 */
final class PeerBreaker implements PeerQuestions {

  private static final Log log = LogFactory.getLog(PeerBreaker.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final String peer;
  private final PeerQuestions questions;
  private final CircuitBreaker breaker;
  private volatile String lastFailure = "";
  private volatile boolean leaves;

  /** Guards the way to the peer of that base URL. */
  PeerBreaker(String peer, PeerQuestions questions) {
    this(peer, questions, FIRST_PAUSE, LONGEST_PAUSE, System::nanoTime);
  }

  /** One with other pauses, measured in the nanoseconds of {@code nanoTime}. */
  PeerBreaker(
      String peer,
      PeerQuestions questions,
      Duration firstPause,
      Duration longestPause,
      LongSupplier nanoTime) {
    this.peer = peer;
    this.questions = questions;
    Clock clock = new MonotonicClock(nanoTime);
    this.breaker = CircuitBreaker.of(peer, config(firstPause, longestPause, clock));
    breaker.getEventPublisher().onStateTransition(event -> report(event.getStateTransition()));
  }

  @Override
  public KeyAnswer get(GetContext context, String group, String key) {
    return guarded(() -> questions.get(context, group, key));
  }

  @Override
  public @Nullable KeyAnswer @Nullable [] getAll(
      GetContext context, String group, List<String> keys, List<List<String>> ancestors) {
    return guarded(() -> questions.getAll(context, group, keys, ancestors));
  }

  @Override
  public boolean takesMany() {
    return questions.takesMany();
  }

  private <T extends @Nullable Object> T guarded(Supplier<T> question) {
    Call call = admit();
    T answer;
    try {
      answer = question.get();
    } catch (Throwable failure) {
      call.ended(failure);
      throw failure;
    }
    call.ended(answer instanceof KeyAnswer.Failed failed ? failed.failure() : null);
    return answer;
  }

  /** The peer has said goodbye. */
  void leaves() {
    leaves = true;
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

  private static CircuitBreakerConfig config(
      Duration firstPause, Duration longestPause, Clock clock) {
    return CircuitBreakerConfig.custom()
        // The default is the system's clock: set back by an hour, it would prolong a pause by one.
        .clock(clock)
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
    if (transition.getToState() == State.OPEN && leaves) {
      log.debug("Peer " + peer + " has left, the next ones on the ring stand in for it");
    } else if (transition.getFromState() == State.CLOSED && transition.getToState() == State.OPEN) {
      log.warn(
          "Peer "
              + peer
              + " is down, the next ones on the ring stand in for it until it is back: "
              + lastFailure);
    } else if (transition.getToState() == State.CLOSED) {
      leaves = false;
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
