package io.groupcache;

/**
 * What a group has done since it was made: a snapshot, in which {@code gets = hits + loads}. A
 * library's class, which is not for others to make.
 */
public interface GroupStats {

  /** Gets, from callers and from peers. */
  long gets();

  /** Gets answered from the main or the hot cache. */
  long hits();

  /** Gets that were not hits. */
  long loads();

  /** Loads that actually ran, after single flight. */
  long loadsDeduped();

  /** Calls of the getter that gave a value. */
  long loadsLocal();

  /** Calls of the getter that gave none. */
  long loadsLocalErrors();

  /** Values that came from a peer. */
  long loadsPeer();

  /** Requests to a peer that failed; of one for many keys each key counts. */
  long peerErrors();

  /** Gets that came from a peer. */
  long serverRequests();

  /** Keys whose removal was called for on this peer; a removal of all keys counts as one. */
  long removals();

  /** Values that were set on this peer. */
  long sets();

  /** Values that left a cache because their time was up. */
  long expirations();

  /** Values that were loaded anew while they were used. */
  long refreshes();

  /** Attempts to do so that failed. */
  long refreshErrors();

  /** Loads that gave a value whose time was up, because the getter failed. */
  long stale();

  /** Gets, among the hits, that were told from memory that there is no such key. */
  long notFound();
}
