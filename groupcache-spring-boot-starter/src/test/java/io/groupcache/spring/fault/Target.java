package io.groupcache.spring.fault;

import io.groupcache.spring.ring.Answer;

/** One that the load asks. Safe for use from many threads. */
interface Target extends RingMember {

  /** Gets a key of the group through it; status 200 is success, and what is thrown a failure. */
  Answer get(String key);

  /** How many of its own requests to peers have failed, since it was started. */
  long peerErrors();
}
