package io.groupcache.spring.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A setting that can't work: what it is, why, and what to write instead. */
final class GroupCacheConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  GroupCacheConfigurationException(
      String setting, Object value, String problem, String action, @Nullable Throwable cause) {
    super(setting + " is '" + value + "', which can't work: " + problem + ".", cause);
    this.action = action;
  }

  static void check(boolean ok, String setting, Object value, String problem, String action) {
    if (!ok) {
      throw new GroupCacheConfigurationException(setting, value, problem, action, null);
    }
  }

  static void checkTimeout(String setting, Duration timeout) {
    check(
        timeout.toMillis() > 0 && timeout.toMillis() <= Integer.MAX_VALUE,
        setting,
        timeout,
        "a wait needs a bound",
        "Write a time from 1ms on, such as 5s.");
  }

  /** Checks the size of something that is read into one array. */
  static void checkArraySize(String setting, DataSize size, String defaultSize) {
    check(
        size.toBytes() > 0 && size.toMegabytes() < 2048,
        setting,
        size,
        "it has to fit into one array of bytes",
        "Leave it out (" + defaultSize + "), or write a size of at least 1B and below 2048MB.");
  }

  /** What to do about it. */
  String action() {
    return action;
  }
}
