package io.groupcache.internal.change;

import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.ChangeId;
import java.util.HashMap;
import java.util.Map;

/**
 * The changes that questions have brought, each for the one key that the question was about. For
 * use under the lock of a {@link ChangeLog}.
 */
final class CarriedChanges {

  private final Map<OfKey, Latest> latest = new HashMap<>();

  /** Whether a question brings a change that none has brought before. */
  boolean isNews(String group, String key, ChangeId id) {
    Latest known = latest.get(new OfKey(group, key, id.getAuthor()));
    return known == null || known.number < id.getNumber();
  }

  /**
   * A question has brought a change that none has brought before, and that is about to be applied.
   */
  void begin(String group, String key, ChangeId id) {
    latest.put(new OfKey(group, key, id.getAuthor()), new Latest(id.getNumber(), false));
  }

  /** A change that a question has brought has been applied. */
  void applied(String group, String key, ChangeId id) {
    latest.replace(
        new OfKey(group, key, id.getAuthor()),
        new Latest(id.getNumber(), false),
        new Latest(id.getNumber(), true));
  }

  /** Whether the latest change that has been brought has been applied; there must be one. */
  boolean isApplied(String group, String key, ChangeId id) {
    Latest known = latest.get(new OfKey(group, key, id.getAuthor()));
    return known != null && known.isApplied;
  }

  /** A change that was brought is not kept any more. */
  void drop(Change change) {
    latest.computeIfPresent(
        new OfKey(change.getGroup(), change.getKey(0), change.getAuthor()),
        (key, known) -> known.number == change.getNumber() ? null : known);
  }

  /** Whose changes of which key. */
  private record OfKey(String group, String key, long author) {}

  /** The latest of them. */
  private record Latest(long number, boolean isApplied) {}
}
