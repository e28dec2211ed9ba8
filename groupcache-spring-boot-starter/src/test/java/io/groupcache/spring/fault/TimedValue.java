package io.groupcache.spring.fault;

import io.groupcache.Source;
import java.time.Duration;

/**
 * What a peer gives of a group whose values have a time to live.
 *
 * @param source where the peer had it from
 * @param timeToLive how long it may be used yet, as the peer says
 * @param text another one for each load
 */
record TimedValue(Source source, Duration timeToLive, String text) {

  /** Reads what a peer says of a key. */
  static TimedValue parse(String line) {
    String[] fields = line.split(" ", -1);
    return new TimedValue(Source.valueOf(fields[0]), Duration.parse(fields[1]), fields[2]);
  }
}
