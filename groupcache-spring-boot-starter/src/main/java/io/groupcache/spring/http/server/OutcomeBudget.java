package io.groupcache.spring.http.server;

import io.groupcache.spring.http.server.PromisedLoad.Outcome;
import io.groupcache.spring.http.wire.KeyResponses;

/** What goes into one answer: the first value, and then as many as fit. For one thread. */
final class OutcomeBudget {

  private long bytes;

  boolean admits(Outcome outcome) {
    return admits(outcome instanceof Outcome.Value value ? value.result().value().length() : 0);
  }

  /** Whether a value of so many bytes goes in. */
  boolean admits(int length) {
    if (bytes > 0 && bytes + length > KeyResponses.MAX_VALUE_BYTES) {
      return false;
    }
    bytes += length;
    return true;
  }
}
