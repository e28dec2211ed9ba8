package io.groupcache;

import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;

/** Asks one peer for values. Must be safe for use from many threads. */
@FunctionalInterface
public interface ProtoGetter {

  /**
   * Asks the peer for the value of a key, and waits for the answer.
   *
   * @throws KeyNotFoundException when the peer says that there is no such key
   * @throws LoadException when the peer's getter failed
   * @throws PeerException when there is no answer, or none that can be understood; any other
   *     unchecked exception is taken for one
   */
  GetResponse get(GetContext context, GetRequest request);
}
