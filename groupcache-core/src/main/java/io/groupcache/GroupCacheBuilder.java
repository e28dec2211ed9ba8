package io.groupcache;

import io.groupcache.internal.CommonSettings;
import io.groupcache.internal.Durations;
import io.groupcache.internal.change.Changes;
import io.groupcache.internal.load.LoadThreads;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Makes a {@link GroupCache} that is to be different from the usual one. For one thread. */
public final class GroupCacheBuilder {

  /** One value in ten is mirrored, as in the Go library. */
  private static final PromotionPolicy DEFAULT_PROMOTION = PromotionPolicy.oneIn(10);

  private static final Duration DEFAULT_CHANGE_TIMEOUT = Duration.ofSeconds(5);

  private final PeerPicker peers;
  private PromotionPolicy promotion = DEFAULT_PROMOTION;
  private long timeoutNanos = Long.MAX_VALUE;
  private long changeTimeoutNanos = DEFAULT_CHANGE_TIMEOUT.toNanos();
  private ChangeListener changeListener = (group, invalidation) -> {};
  private @Nullable Executor executor;
  private long process = ThreadLocalRandom.current().nextLong();
  private int maxKeyBytes = Integer.MAX_VALUE;
  private int maxValueBytes = Integer.MAX_VALUE;

  GroupCacheBuilder(PeerPicker peers) {
    this.peers = Objects.requireNonNull(peers, "peers");
  }

  /** Says which values of other peers are mirrored; one in ten, if nobody does. */
  public GroupCacheBuilder promotion(PromotionPolicy promotion) {
    this.promotion = Objects.requireNonNull(promotion, "promotion");
    return this;
  }

  /**
   * Gives a deadline to each get whose context has none; without it such a get takes as long as it
   * takes, in its caller's thread. A load that takes longer than this, and than its first caller
   * has, is given up: a get that comes later starts another. What a peer asks for takes no longer
   * either, whatever the peer says.
   *
   * @throws IllegalArgumentException when it is no time at all
   */
  public GroupCacheBuilder timeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("A get can't be over in " + timeout);
    }
    this.timeoutNanos = Durations.saturatedNanos(timeout);
    return this;
  }

  /**
   * Limits how long a removal, or a value that is set, waits for the other peers; 5 seconds, if
   * nobody says otherwise.
   *
   * @throws IllegalArgumentException when it is no time at all
   */
  public GroupCacheBuilder changeTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("Peers can't be told in " + timeout);
    }
    this.changeTimeoutNanos = Durations.saturatedNanos(timeout);
    return this;
  }

  /** Names this process to peers, from its start to its end; a random number, if not said. */
  public GroupCacheBuilder process(long process) {
    this.process = process;
    return this;
  }

  /** Is told how far the changes that are made on this peer have got; nobody, if not said. */
  public GroupCacheBuilder onChange(ChangeListener listener) {
    this.changeListener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Runs the getters of gets that have a deadline, so that their callers can leave in time, and
   * those of gets of many keys, with the requests to peers that they make. It must run what it
   * accepts at once, however much that is, or a load may wait for one that waits for it. Without it
   * they run on threads of the {@link GroupCache}, which ends them when it is closed; this executor
   * it leaves alone.
   */
  public GroupCacheBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Limits keys to so many bytes of UTF-8; a get of a longer one is refused.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public GroupCacheBuilder maxKeyBytes(int maxKeyBytes) {
    this.maxKeyBytes = positive(maxKeyBytes, "maxKeyBytes");
    return this;
  }

  /**
   * Limits values to so many bytes; a getter that gives a longer one has failed.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public GroupCacheBuilder maxValueBytes(int maxValueBytes) {
    this.maxValueBytes = positive(maxValueBytes, "maxValueBytes");
    return this;
  }

  /** Makes the instance. */
  public GroupCache build() {
    return new GroupCache(settings());
  }

  CommonSettings settings() {
    Executor loads = executor != null ? executor : new LoadThreads("groupcache-load-");
    return new CommonSettings(
        peers,
        promotion,
        timeoutNanos,
        loads,
        maxKeyBytes,
        maxValueBytes,
        new Changes(peers, new LoadThreads("groupcache-peers-"), changeTimeoutNanos, process),
        changeListener);
  }

  private static int positive(int bytes, String name) {
    if (bytes <= 0) {
      throw new IllegalArgumentException(name + " has to be positive, not " + bytes);
    }
    return bytes;
  }
}
