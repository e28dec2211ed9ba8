package io.groupcache.spring.fault;

import java.util.Map;

/** One that answers on the ring, whatever it is made of. */
interface RingMember {

  /** Its base URL on the ring. */
  String url();

  /** What tells it from what it was before it was started again; others have another. */
  String incarnation();

  /** For each incarnation, how often its getter ran for each key. */
  Map<String, Map<String, Integer>> getterRuns();

  /** Whether this incarnation has loaded that key. */
  boolean hasLoaded(String key);
}
