package io.groupcache;

/** There is no such key: a {@link Getter} throws it, and a caller on any peer gets it. */
public final class KeyNotFoundException extends GroupCacheException {

  private static final long serialVersionUID = 1L;

  private final String key;

  /** Says that there is no value of {@code key}. */
  public KeyNotFoundException(String key) {
    super("There is no key '" + key + "'", null);
    this.key = key;
  }

  /** The key that is not there. */
  public String key() {
    return key;
  }
}
