package io.groupcache.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

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

  /** What to do about it. */
  String action() {
    return action;
  }
}
