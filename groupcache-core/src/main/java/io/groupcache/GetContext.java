package io.groupcache;

import io.groupcache.singleflight.Caller;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a get carries besides its key, from the caller to the getter or to the request to a peer: a
 * deadline, attributes, and whether a peer asked. Immutable; each {@code with} method gives a new
 * context.
 */
public final class GetContext {

  private static final GetContext BACKGROUND = new GetContext(null, Map.of(), false, false);

  private final @Nullable Long deadlineNanos;
  private final Map<String, Object> attributes;
  private final boolean fromPeer;

  /** Whether this peer has to answer by itself; unlike {@code fromPeer} no getter hands it on. */
  private final boolean forPeer;

  private GetContext(
      @Nullable Long deadlineNanos,
      Map<String, Object> attributes,
      boolean fromPeer,
      boolean forPeer) {
    this.deadlineNanos = deadlineNanos;
    this.attributes = attributes;
    this.fromPeer = fromPeer;
    this.forPeer = forPeer;
  }

  /** The context of a get that carries nothing: no deadline, no attributes, not from a peer. */
  public static GetContext background() {
    return BACKGROUND;
  }

  /**
   * A context whose deadline is {@code timeout} from now, or this one's deadline if that is sooner.
   * A get gives up at its deadline with a {@link DeadlineExceededException}; what it was waiting
   * for may go on without it.
   */
  public GetContext withTimeout(Duration timeout) {
    long nanos = saturatedNanos(timeout);
    if (deadlineNanos != null) {
      nanos = Math.min(nanos, remainingNanos());
    }
    return new GetContext(System.nanoTime() + nanos, attributes, fromPeer, forPeer);
  }

  /** A context with one attribute more, or with another value for it. */
  public GetContext withAttribute(String name, Object value) {
    Map<String, Object> more = new HashMap<>(attributes);
    more.put(name, value);
    return new GetContext(deadlineNanos, Map.copyOf(more), fromPeer, forPeer);
  }

  /**
   * A context that says that a peer asked. Such a get is answered from this peer's caches or by its
   * getter, and never forwarded to another peer.
   */
  public GetContext asPeer() {
    return forPeer ? this : new GetContext(deadlineNanos, attributes, true, true);
  }

  /** The time left until the deadline, not negative; empty when there is no deadline. */
  public Optional<Duration> remaining() {
    return deadlineNanos == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, remainingNanos())));
  }

  /** The attribute of that name, when it is there and of that type. */
  public <T> Optional<T> attribute(String name, Class<T> type) {
    Object value = attributes.get(name);
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  /** All attributes, by name; immutable. */
  public Map<String, Object> attributes() {
    return attributes;
  }

  /**
   * Whether a peer asked. A getter that gets from a group with the context it was given asks that
   * group as any caller does.
   */
  public boolean fromPeer() {
    return fromPeer;
  }

  boolean hasDeadline() {
    return deadlineNanos != null;
  }

  /** This context if it has a deadline, or one that has so long from now. */
  GetContext orTimeout(long nanos) {
    return deadlineNanos != null || nanos == Long.MAX_VALUE ? this : withDeadlineIn(nanos);
  }

  /** This context, with a deadline in half of its time. */
  GetContext withHalfOfItsTime() {
    return deadlineNanos == null ? this : withDeadlineIn(remainingNanos() / 2);
  }

  /** This context, with so much time at most. */
  GetContext atMost(long nanos) {
    return nanos < remainingNanos() ? withDeadlineIn(nanos) : this;
  }

  private GetContext withDeadlineIn(long nanos) {
    return new GetContext(System.nanoTime() + nanos, attributes, fromPeer, forPeer);
  }

  boolean forPeer() {
    return forPeer;
  }

  /** The context of the getter that this get runs. */
  GetContext forGetter() {
    return forPeer ? new GetContext(deadlineNanos, attributes, fromPeer, false) : this;
  }

  /** This thread, which waits until the deadline, if there is one. */
  Caller caller() {
    return deadlineNanos == null ? Caller.patient() : Caller.until(deadlineNanos);
  }

  /** The time left in nanoseconds, negative when it has passed, or a very long time. */
  long remainingNanos() {
    return deadlineNanos == null ? Long.MAX_VALUE : deadlineNanos - System.nanoTime();
  }

  /** The duration in nanoseconds, or a very long time. */
  static long saturatedNanos(Duration duration) {
    // Half of the range, so that adding it to nanoTime() never overflows what a difference can say.
    Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
    if (duration.isNegative()) {
      return 0;
    }
    return duration.compareTo(longest) > 0 ? longest.toNanos() : duration.toNanos();
  }
}
