package io.groupcache;

/**
 * Loads the value of a key that no cache holds.
 *
 * <p>A value belongs to its key for ever: a getter must give the same bytes whenever it is asked
 * for the same key, on whichever peer it runs. It is called from many threads at once, for
 * different keys, and must be safe for that.
 *
 * <p>A getter may get other keys, of its own group and of others. One that waits for its own key,
 * be it through other getters, is refused with a {@link GroupCacheException}; but only where all of
 * them are on one peer, and ask in the threads that they run in. Others wait until a deadline or a
 * time-out.
 */
@FunctionalInterface
public interface Getter {

  /**
   * Loads the value of {@code key} into {@code dest}: in a thread of its own where the get has a
   * deadline, so that its callers can leave in time, or is one of many keys; and else in the thread
   * of the first caller.
   *
   * @param context the deadline and the attributes of the get that started this load
   * @param key the key; never null
   * @param dest takes the value, and must be given one before this method returns; setting none is
   *     an error, not an empty value
   * @throws KeyNotFoundException when there is no such key
   * @throws Exception when the load fails; the callers get it as the cause of a {@link
   *     LoadException}, and the key can be asked for again
   */
  void get(GetContext context, String key, Sink dest) throws Exception;
}
