package io.groupcache;

import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.internal.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a get carries besides its key, from the caller to the getter or to the request to a peer: a
 * deadline, attributes, and whether a peer asked. Immutable; each {@code with} method gives a new
 * context.
 */
public final class GetContext {

  private static final Object ANY_PEER = new Object();

  private static final GetContext BACKGROUND =
      new GetContext(null, Map.of(), false, null, List::of, null);

  private final @Nullable Long deadlineNanos;
  private final Map<String, Object> attributes;
  private final boolean fromPeer;

  /** Which peer this one has to answer by itself; unlike {@code fromPeer} no getter hands it on. */
  private final @Nullable Object asker;

  private final Supplier<List<String>> ancestors;

  /** Null in the context of almost every get. */
  private final @Nullable Function<String, List<ChangeId>> changes;

  private final boolean ofCaller;

  private GetContext(
      @Nullable Long deadlineNanos,
      Map<String, Object> attributes,
      boolean fromPeer,
      @Nullable Object asker,
      Supplier<List<String>> ancestors,
      @Nullable Function<String, List<ChangeId>> changes) {
    this.deadlineNanos = deadlineNanos;
    this.attributes = attributes;
    this.fromPeer = fromPeer;
    this.asker = asker;
    this.ancestors = ancestors;
    this.changes = changes;
    this.ofCaller = asker == null && changes == null;
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
    long nanos = Durations.saturatedNanos(timeout);
    if (deadlineNanos != null) {
      nanos = Math.min(nanos, remainingNanos());
    }
    return withDeadline(System.nanoTime() + nanos);
  }

  /** A context with one attribute more, or with another value for it. */
  public GetContext withAttribute(String name, Object value) {
    Map<String, Object> more = new HashMap<>(attributes);
    more.put(name, value);
    return new GetContext(deadlineNanos, Map.copyOf(more), fromPeer, asker, ancestors, changes);
  }

  /**
   * A context that says that a peer asked. Such a get is answered from this peer's caches or by its
   * getter, and never forwarded to another peer.
   */
  public GetContext asPeer() {
    return asPeer(ANY_PEER);
  }

  /**
   * A context that says which peer asked: where loads have to wait, those who asked take turns.
   *
   * @param asker equal for all requests of a peer
   */
  public GetContext asPeer(Object asker) {
    return new GetContext(deadlineNanos, attributes, true, asker, ancestors, changes);
  }

  /**
   * A context that says which loads wait for this get, so that one which would wait for itself
   * through several peers is refused. For those who ask peers, and who answer them.
   *
   * @param ancestors gives what {@link #ancestors()} is to give; safe for use from many threads
   */
  public GetContext withAncestors(Supplier<List<String>> ancestors) {
    return new GetContext(deadlineNanos, attributes, fromPeer, asker, ancestors, changes);
  }

  /**
   * The loads that wait for this get now, as {@code group/key}, on this peer and on others. There
   * may be more of them later.
   */
  public List<String> ancestors() {
    return ancestors.get();
  }

  /**
   * A context that says which changes the asking peer knows of a key, so that no peer answers it
   * with what was loaded before them. For those who ask peers, and who answer them.
   *
   * @param changes gives what {@link #changes} is to give; safe for use from many threads
   */
  public GetContext withChanges(Function<String, List<ChangeId>> changes) {
    return new GetContext(deadlineNanos, attributes, fromPeer, asker, ancestors, changes);
  }

  /** The changes that are known of {@code key} now: what a question to a peer has to carry. */
  public List<ChangeId> changes(String key) {
    return changes == null ? List.of() : changes.apply(key);
  }

  /** Whether no peer is answered, and nothing is to be heeded before. */
  boolean isOfCaller() {
    return ofCaller;
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

  /** Whether there is a deadline. */
  public boolean hasDeadline() {
    return deadlineNanos != null;
  }

  /**
   * The time left in nanoseconds, negative when the deadline has passed, and {@link Long#MAX_VALUE}
   * when there is none.
   */
  public long remainingNanos() {
    return deadlineNanos == null ? Long.MAX_VALUE : deadlineNanos - System.nanoTime();
  }

  /** This context if it has a deadline, or one that has so long from now. */
  GetContext orTimeout(long nanos) {
    return deadlineNanos != null ? this : atMost(nanos);
  }

  /** This context with so much time at most. */
  GetContext atMost(long nanos) {
    return nanos < remainingNanos() ? withDeadline(System.nanoTime() + nanos) : this;
  }

  /** The peer that this one has to answer by itself; null when no peer asked. */
  @Nullable Object asker() {
    return asker;
  }

  /**
   * The context of a getter, which has so long, however long its caller waits: {@link
   * Long#MAX_VALUE} is no deadline. What it gets itself, it gets as any caller does.
   */
  GetContext forGetter(long nanos) {
    boolean endless = nanos == Long.MAX_VALUE;
    return endless && deadlineNanos == null && asker == null
        ? this
        : new GetContext(
            endless ? null : (Long) (System.nanoTime() + nanos),
            attributes,
            fromPeer,
            null,
            ancestors,
            null);
  }

  private GetContext withDeadline(long deadline) {
    return new GetContext(deadline, attributes, fromPeer, asker, ancestors, changes);
  }
}
