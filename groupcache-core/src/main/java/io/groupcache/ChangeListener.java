package io.groupcache;

/**
 * Is told how far changes of values have got: removals, and values that were set. Must be safe for
 * use from many threads.
 */
@FunctionalInterface
public interface ChangeListener {

  /**
   * A change was made on this peer, and its call is about to return: this is called in the same
   * thread. What it throws reaches whoever made the change, which is done nevertheless.
   *
   * @param group the name of the group
   * @param invalidation what the call returns
   */
  void onChange(String group, Invalidation invalidation);
}
