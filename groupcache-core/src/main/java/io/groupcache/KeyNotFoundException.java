package io.groupcache;

import org.jspecify.annotations.Nullable;

/** There is no such key: a {@link Getter} throws it, and a caller on any peer gets it. */
public final class KeyNotFoundException extends GroupCacheException {

  private static final long serialVersionUID = 1L;

  private final String key;

  /** Says that there is no value of {@code key}. */
  public KeyNotFoundException(String key) {
    this(key, null);
  }

  /** Says that there is no value of {@code key}, and what says so, if anything did. */
  public KeyNotFoundException(String key, @Nullable Throwable cause) {
    super("There is no key '" + key + "'", cause);
    this.key = key;
  }

  /** The key that is not there. */
  public String key() {
    return key;
  }
}
