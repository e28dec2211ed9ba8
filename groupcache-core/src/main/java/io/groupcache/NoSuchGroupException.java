package io.groupcache;

import java.util.Collection;

/** There is no group of the wanted name in this {@link GroupCache}. */
public final class NoSuchGroupException extends GroupCacheException {

  private static final long serialVersionUID = 1L;

  NoSuchGroupException(String name, Collection<String> known) {
    super("There is no group '" + name + "'; the groups are " + known, null);
  }
}
