package io.groupcache.internal.change;

import io.groupcache.groupcachepb.Change;
import java.util.TreeMap;

/** What is known of one author's changes. For use under the lock of a {@link ChangeLog}. */
final class AuthorLog {

  /** All changes up to this number have been applied, or need not be. */
  long known;

  /** All changes up to this number have left the log. */
  long dropped;

  /** Those that are there to be sent, by number. */
  final TreeMap<Long, Change> log = new TreeMap<>();

  /** Those beyond the known ones that have been applied. */
  final TreeMap<Long, Boolean> ahead = new TreeMap<>();

  long lastHeard;

  /** When a change was dropped for want of room. */
  long crowdedAt;

  boolean knows(long number) {
    return number <= known || ahead.containsKey(number);
  }

  void applied(long number) {
    if (number > known) {
      ahead.put(number, true);
      advance();
    }
  }

  void skipTo(long number) {
    if (number > known) {
      known = number;
      dropped = Math.max(dropped, number);
      ahead.headMap(number, true).clear();
      advance();
    }
  }

  private void advance() {
    while (ahead.remove(known + 1) != null) {
      known++;
    }
  }
}
