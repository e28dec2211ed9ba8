package io.groupcache;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one group has for itself. Immutable; each {@code with} method gives new options. */
public final class GroupOptions {

  private static final double DEFAULT_JITTER = 0.1;

  private long cacheBytes;
  private int maxConcurrentLoads = Integer.MAX_VALUE;
  private Eviction eviction = Eviction.LRU;
  private @Nullable String version;
  private @Nullable Duration timeToLive;
  private double timeToLiveJitter = DEFAULT_JITTER;
  private @Nullable Duration refreshAfter;
  private Duration staleIfError = Duration.ZERO;
  private Duration notFoundTimeToLive = Duration.ZERO;

  private GroupOptions(long cacheBytes) {
    this.cacheBytes = cacheBytes;
  }

  private GroupOptions(GroupOptions other) {
    this.cacheBytes = other.cacheBytes;
    this.maxConcurrentLoads = other.maxConcurrentLoads;
    this.eviction = other.eviction;
    this.version = other.version;
    this.timeToLive = other.timeToLive;
    this.timeToLiveJitter = other.timeToLiveJitter;
    this.refreshAfter = other.refreshAfter;
    this.staleIfError = other.staleIfError;
    this.notFoundTimeToLive = other.notFoundTimeToLive;
  }

  /**
   * A limit of so many bytes, as many loads at a time as there are, what was used least recently
   * leaves first, and values that may be used for ever.
   */
  public static GroupOptions ofCacheBytes(long cacheBytes) {
    return new GroupOptions(cacheBytes);
  }

  /** Options with another limit. */
  public GroupOptions withCacheBytes(long cacheBytes) {
    GroupOptions options = new GroupOptions(this);
    options.cacheBytes = cacheBytes;
    return options;
  }

  /** Options with another limit to the loads that run at a time. */
  public GroupOptions withMaxConcurrentLoads(int maxConcurrentLoads) {
    GroupOptions options = new GroupOptions(this);
    options.maxConcurrentLoads = maxConcurrentLoads;
    return options;
  }

  /** Options with another policy of what leaves first. */
  public GroupOptions withEviction(Eviction eviction) {
    GroupOptions options = new GroupOptions(this);
    options.eviction = Objects.requireNonNull(eviction, "eviction");
    return options;
  }

  /**
   * Options by which peers of another version don't read this group's values: between peers the
   * group {@code products} of version {@code 2} is {@code products@2}. Removals are of all
   * versions.
   *
   * @throws IllegalArgumentException when it is blank, or has a {@code /}
   */
  public GroupOptions withVersion(String version) {
    if (version.isBlank() || version.contains("/")) {
      throw new IllegalArgumentException(
          "The version of a group is text that is not blank, without a '/', not '" + version + "'");
    }
    GroupOptions options = new GroupOptions(this);
    options.version = version;
    return options;
  }

  /**
   * Options with a time for values that say none themselves.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public GroupOptions withTimeToLive(Duration timeToLive) {
    GroupOptions options = new GroupOptions(this);
    options.timeToLive = positive(timeToLive, "time to live");
    return options;
  }

  /**
   * Options by which a value lives up to this part of its time shorter, at random, so that what
   * came together does not leave together.
   *
   * @throws IllegalArgumentException when it is not 0 to 1
   */
  public GroupOptions withTimeToLiveJitter(double timeToLiveJitter) {
    if (!(timeToLiveJitter >= 0 && timeToLiveJitter <= 1)) {
      throw new IllegalArgumentException(
          "The jitter of a time to live is a part of it, 0 to 1, not " + timeToLiveJitter);
    }
    GroupOptions options = new GroupOptions(this);
    options.timeToLiveJitter = timeToLiveJitter;
    return options;
  }

  /**
   * Options by which a get of a value that is older is answered at once, and has the owner load it
   * anew.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public GroupOptions withRefreshAfter(Duration refreshAfter) {
    GroupOptions options = new GroupOptions(this);
    options.refreshAfter = positive(refreshAfter, "time until a refresh");
    return options;
  }

  /**
   * Options by which a value is served so long beyond its time when its getter fails; not when the
   * getter says that there is no such key.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public GroupOptions withStaleIfError(Duration staleIfError) {
    GroupOptions options = new GroupOptions(this);
    options.staleIfError = notNegative(staleIfError, "time that a value is served beyond its own");
    return options;
  }

  /**
   * Options by which it is remembered so long that there is no such key.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public GroupOptions withNotFoundTimeToLive(Duration notFoundTimeToLive) {
    GroupOptions options = new GroupOptions(this);
    options.notFoundTimeToLive =
        notNegative(notFoundTimeToLive, "time that it is remembered that there is no such key");
    return options;
  }

  /**
   * How many bytes of keys and values the main and the hot cache may hold together; 0 caches
   * nothing, and still merges loads.
   */
  public long cacheBytes() {
    return cacheBytes;
  }

  /**
   * How many calls of the getter may run at a time on this peer; further loads wait, until their
   * deadline. A getter that gets other keys of its group needs more than one at a time.
   */
  public int maxConcurrentLoads() {
    return maxConcurrentLoads;
  }

  /** What leaves the caches first when room is needed. */
  public Eviction eviction() {
    return eviction;
  }

  /** Which version its values are of, if that is said. */
  public Optional<String> version() {
    return Optional.ofNullable(version);
  }

  /** How long a value may be used that says nothing itself; empty for ever. */
  public Optional<Duration> timeToLive() {
    return Optional.ofNullable(timeToLive);
  }

  /** Up to which part of its time, 0 to 1, a value lives shorter. */
  public double timeToLiveJitter() {
    return timeToLiveJitter;
  }

  /** At which age a value is loaded anew while it is used; empty for never. */
  public Optional<Duration> refreshAfter() {
    return Optional.ofNullable(refreshAfter);
  }

  /** How long beyond its time a value is served when its getter fails. */
  public Duration staleIfError() {
    return staleIfError;
  }

  /** How long it is remembered that there is no such key. */
  public Duration notFoundTimeToLive() {
    return notFoundTimeToLive;
  }

  private static Duration positive(Duration time, String name) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("The " + name + " has to be positive, not " + time);
    }
    return time;
  }

  private static Duration notNegative(Duration time, String name) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("The " + name + " can't be negative: " + time);
    }
    return time;
  }
}
