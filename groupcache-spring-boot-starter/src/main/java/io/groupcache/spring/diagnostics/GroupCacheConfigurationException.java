package io.groupcache.spring.diagnostics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * A setting that can't work: what it is, why, and what to write instead. It stops the start, and
 * {@link GroupCacheFailureAnalyzer} shows it. Neither the value nor the cause may be a secret.
 */
public final class GroupCacheConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);
  private static final Duration GREATEST_TIMEOUT = Duration.ofMillis(Integer.MAX_VALUE);

  /** With what stands around a value in a message it is still an array. */
  private static final DataSize GREATEST_ARRAY = DataSize.ofMegabytes(2047);

  private final String action;

  /**
   * Makes an exception.
   *
   * @param setting the property, or what else was set
   * @param value what it is set to, as it may be logged
   * @param problem why that can't work, as the end of a sentence
   * @param action what to do about it, in a sentence or more
   * @param cause what went wrong, if anything was thrown
   */
  public GroupCacheConfigurationException(
      String setting, Object value, String problem, String action, @Nullable Throwable cause) {
    super(setting + " is '" + value + "', which can't work: " + problem + ".", cause);
    this.action = action;
  }

  /**
   * Does nothing where a setting can work.
   *
   * @throws GroupCacheConfigurationException unless {@code ok}
   */
  public static void check(
      boolean ok, String setting, Object value, String problem, String action) {
    if (!ok) {
      throw new GroupCacheConfigurationException(setting, value, problem, action, null);
    }
  }

  /**
   * Checks a time that somebody waits.
   *
   * @throws GroupCacheConfigurationException unless it is from a millisecond to 24 days
   */
  public static void checkTimeout(String setting, Duration timeout) {
    check(
        timeout.compareTo(LEAST_TIMEOUT) >= 0,
        setting,
        timeout,
        "a wait needs a bound, and time is told in milliseconds",
        "Write a time from 1ms on, such as 5s.");
    check(
        timeout.compareTo(GREATEST_TIMEOUT) <= 0,
        setting,
        timeout,
        "a wait needs a bound, and this is beyond what can be told in milliseconds",
        "Write a time up to 24 days, such as 5s.");
  }

  /**
   * Checks the size of something that is read into one array.
   *
   * @throws GroupCacheConfigurationException unless an array can have it
   */
  public static void checkArraySize(String setting, DataSize size, String defaultSize) {
    check(
        size.toBytes() > 0 && size.compareTo(GREATEST_ARRAY) <= 0,
        setting,
        size,
        "it has to fit into one array of bytes",
        "Leave it out (" + defaultSize + "), or write a size from 1B to 2047MB.");
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
