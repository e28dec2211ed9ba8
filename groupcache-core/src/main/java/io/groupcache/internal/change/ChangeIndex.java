package io.groupcache.internal.change;

import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.ChangeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of the changes that are kept are of which key. For one writer at a time, and readers that
 * take no lock.
 */
final class ChangeIndex {

  /** Of how many authors' changes a question carries; of more, those that came last. */
  private static final int MAX_IDS = 1_000;

  private final Map<String, OfGroup> groups = new ConcurrentHashMap<>();

  /** By author: what has been dropped for want of room. */
  private final Map<Long, ChangeId> dropped = new ConcurrentHashMap<>();

  boolean isEmpty() {
    return groups.isEmpty() && dropped.isEmpty();
  }

  /** What a question about {@code key} has to carry. */
  List<ChangeId> of(String group, String key) {
    OfGroup ofGroup = groups.get(group);
    if (ofGroup == null && dropped.isEmpty()) {
      return List.of();
    }
    List<ChangeId> ofKey = ofGroup == null ? null : ofGroup.ofKeys.get(key);
    List<ChangeId> ofAll = ofGroup == null ? List.of() : ofGroup.ofAll;
    if (ofAll.isEmpty() && dropped.isEmpty()) {
      return ofKey == null ? List.of() : ofKey;
    }
    List<ChangeId> all = new ArrayList<>(ofAll);
    if (ofKey != null) {
      all.addAll(ofKey);
    }
    all.addAll(dropped.values());
    return all;
  }

  /**
   * Adds a change.
   *
   * @return what is there of each key that no other change is of: to be shown to {@link #remove}
   */
  List<ChangeId> add(Change change) {
    OfGroup ofGroup = groups.computeIfAbsent(change.getGroup(), name -> new OfGroup());
    if (change.getAll()) {
      List<ChangeId> alone = List.of(id(change, ChangeId.Scope.GROUP));
      ofGroup.ofAll = with(ofGroup.ofAll, alone);
      return alone;
    }
    List<ChangeId> alone =
        List.of(id(change, ChangeId.Scope.KEY)); // one for all keys: they are many
    for (String key : change.getKeyList()) {
      if (ofGroup.ofKeys.putIfAbsent(key, alone) != null) {
        ofGroup.ofKeys.compute(key, (name, ids) -> ids == null ? alone : with(ids, alone));
      }
    }
    return alone;
  }

  void remove(Change change, List<ChangeId> alone) {
    OfGroup ofGroup = groups.get(change.getGroup());
    if (ofGroup == null) {
      return;
    }
    if (change.getAll()) {
      ofGroup.ofAll = without(ofGroup.ofAll, change);
    }
    for (String key : change.getKeyList()) {
      if (!ofGroup.ofKeys.remove(key, alone)) {
        ofGroup.ofKeys.computeIfPresent(
            key,
            (name, ids) -> {
              List<ChangeId> rest = without(ids, change);
              return rest.isEmpty() ? null : rest;
            });
      }
    }
    if (ofGroup.ofKeys.isEmpty() && ofGroup.ofAll.isEmpty()) {
      groups.remove(change.getGroup());
    }
  }

  /** Changes of an author up to that number are not kept any more, for want of room. */
  void dropped(long author, long number) {
    dropped.put(
        author,
        ChangeId.newBuilder()
            .setAuthor(author)
            .setNumber(number)
            .setScope(ChangeId.Scope.ALL_BEFORE)
            .build());
  }

  /** Up to which number they are not kept any more, for want of room; 0 where they are. */
  long dropped(long author) {
    ChangeId last = dropped.get(author);
    return last == null ? 0 : last.getNumber();
  }

  /** Nobody can be behind that any more. */
  void forgetDropped(long author) {
    dropped.remove(author);
  }

  private static ChangeId id(Change change, ChangeId.Scope scope) {
    return ChangeId.newBuilder()
        .setAuthor(change.getAuthor())
        .setNumber(change.getNumber())
        .setStamp(change.getStamp())
        .setScope(scope)
        .build();
  }

  /** Of each author one is enough: who has to know it has to know all before it. */
  private static List<ChangeId> with(List<ChangeId> ids, List<ChangeId> alone) {
    ChangeId id = alone.get(0);
    List<ChangeId> more = new ArrayList<>(ids.size() + 1);
    ChangeId last = id;
    for (ChangeId known : ids) {
      if (known.getAuthor() != id.getAuthor()) {
        more.add(known);
      } else if (Long.compareUnsigned(known.getNumber(), id.getNumber()) > 0) {
        last = known;
      }
    }
    more.add(last);
    return List.copyOf(more.subList(Math.max(0, more.size() - MAX_IDS), more.size()));
  }

  private static List<ChangeId> without(List<ChangeId> ids, Change change) {
    return ids.stream()
        .filter(id ->
            id.getAuthor() != change.getAuthor()
                || Long.compareUnsigned(id.getNumber(), change.getNumber()) > 0)
        .toList();
  }

  private static final class OfGroup {
    final Map<String, List<ChangeId>> ofKeys = new ConcurrentHashMap<>();
    volatile List<ChangeId> ofAll = List.of();
  }
}
