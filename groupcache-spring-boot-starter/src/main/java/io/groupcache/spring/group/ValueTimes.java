package io.groupcache.spring.group;

import static io.groupcache.spring.diagnostics.GroupCacheConfigurationException.check;

import io.groupcache.GroupOptions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times of values as they were set, for all groups or for one; null where they were not.
 *
 * @param timeToLive how long a value may be used that says nothing itself
 * @param jitter up to which part of its time a value lives shorter
 * @param refreshAfter at which age a value is loaded anew while it is used
 * @param staleIfError how long beyond its time a value is served when its getter fails
 * @param notFound how long it is remembered that there is no such key
 */
public record ValueTimes(
    @Nullable Duration timeToLive,
    @Nullable Double jitter,
    @Nullable Duration refreshAfter,
    @Nullable Duration staleIfError,
    @Nullable Duration notFound) {

  /**
   * Checks each of them, and that they make sense together with those of all groups, which a group
   * has where it has none of its own.
   *
   * @param prefix what is before the names of these properties, such as {@code groupcache.}
   * @param common of all groups; the same as these to check those
   * @throws io.groupcache.spring.diagnostics.GroupCacheConfigurationException when one can't work
   */
  public void validate(String prefix, ValueTimes common) {
    checkPositive(
        prefix + "time-to-live",
        timeToLive,
        "no value could ever be used",
        "Write a time such as 5m, or leave it out: then values may be used for ever.");
    check(
        jitter == null || (jitter >= 0 && jitter <= 1),
        prefix + "time-to-live-jitter",
        String.valueOf(jitter),
        "it is the part of its time that a value may live shorter",
        "Leave it out (0.1), or write a number from 0 to 1.");
    checkPositive(
        prefix + "refresh-after",
        refreshAfter,
        "each get would load the value anew",
        "Write a time that is shorter than time-to-live, such as 1m, or leave it out.");
    checkNotNegative(prefix + "stale-if-error", staleIfError);
    checkNotNegative(prefix + "not-found-time-to-live", notFound);
    checkRefreshIsInTime(prefix, common);
  }

  /** The options with these times, where they were set. */
  public GroupOptions addTo(GroupOptions options) {
    GroupOptions with = options;
    with = Optional.ofNullable(timeToLive).map(with::withTimeToLive).orElse(with);
    with = Optional.ofNullable(jitter).map(with::withTimeToLiveJitter).orElse(with);
    with = Optional.ofNullable(refreshAfter).map(with::withRefreshAfter).orElse(with);
    with = Optional.ofNullable(staleIfError).map(with::withStaleIfError).orElse(with);
    return Optional.ofNullable(notFound).map(with::withNotFoundTimeToLive).orElse(with);
  }

  private void checkRefreshIsInTime(String prefix, ValueTimes common) {
    Duration life = timeToLive != null ? timeToLive : common.timeToLive;
    Duration refresh = refreshAfter != null ? refreshAfter : common.refreshAfter;
    if (life == null || refresh == null) {
      return;
    }
    String action = "Write a refresh-after that is shorter than time-to-live, half of it, say.";
    boolean inTime = refresh.compareTo(life) < 0;
    if (refreshAfter != null) {
      check(
          inTime,
          prefix + "refresh-after",
          refresh,
          "a value's time is up by then (time-to-live is " + life + ")",
          action);
    } else {
      check(
          inTime,
          prefix + "time-to-live",
          life,
          "a value's time is up before it is loaded anew (groupcache.refresh-after is "
              + refresh
              + ")",
          action);
    }
  }

  private static void checkPositive(
      String property, @Nullable Duration time, String problem, String action) {
    if (time != null) {
      check(!time.isNegative() && !time.isZero(), property, time, problem, action);
    }
  }

  private static void checkNotNegative(String property, @Nullable Duration time) {
    if (time != null) {
      check(
          !time.isNegative(),
          property,
          time,
          "a time can't be less than none",
          "Leave it out (0s), or write a time such as 1m.");
    }
  }
}
