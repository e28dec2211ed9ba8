package io.groupcache;

/** Which values leave a group's caches first when room is needed. */
public enum Eviction {

  /** What was used least recently. */
  LRU,

  /**
   * What was not used again soon after it had come in, and else what came in first of what has not
   * been used since. Better than {@link #LRU} where many keys are asked for once, as by scans.
   */
  S3_FIFO
}
