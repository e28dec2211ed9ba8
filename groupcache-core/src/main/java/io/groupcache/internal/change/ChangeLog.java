package io.groupcache.internal.change;

import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.groupcachepb.KnownChanges;
import io.groupcache.internal.cache.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The changes that this peer knows: up to which number of each author, and the latest of them
 * themselves, for those who lack them. Safe for use from many threads.
 */
final class ChangeLog {

  /** How long a change is kept for others. */
  static final long RETENTION_NANOS = TimeUnit.MINUTES.toNanos(10);

  /**
   * How long an author is named to others after its last change: longer than that change is kept,
   * so that who heard of it later than others does not take them for ignorant, and shorter than the
   * author is remembered, so that nobody hears of it again who has forgotten it.
   */
  private static final long NAMED_NANOS = RETENTION_NANOS * 3 / 2;

  private static final long AUTHOR_NANOS = 2 * RETENTION_NANOS;

  /** How many keys the changes may have that are kept for others. */
  static final int MAX_KEYS = 100_000;

  /** Whose changes are known: no ring has so many processes. */
  static final int MAX_AUTHORS = 10_000;

  /** A longer key counts as several. */
  private static final int MAX_BYTES_OF_A_KEY = 1 << 10;

  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, AuthorLog> authors = new HashMap<>(); // guarded by the lock
  private final Deque<Entry> order = new ArrayDeque<>(); // oldest first; guarded by the lock
  private final ChangeIndex index = new ChangeIndex();

  private final CarriedChanges carried = new CarriedChanges(); // guarded by the lock

  private int keys; // guarded by the lock
  private long droppedStamp; // the greatest of those dropped; guarded by the lock

  /** Makes an empty log, which goes by a clock of nanoseconds. */
  ChangeLog(LongSupplier clock) {
    this.clock = clock;
  }

  /** What has been known to change {@code key} lately: to be carried by a question about it. */
  List<ChangeId> of(String group, String key) {
    return index.of(group, key);
  }

  /** Whether nothing has changed lately. */
  boolean isEmpty() {
    return index.isEmpty();
  }

  /**
   * Has questions carry a change from now on, which is about to be applied.
   *
   * @return false when it has been applied already
   */
  boolean begin(Change change) {
    lock.lock();
    try {
      AuthorLog heard = authors.get(change.getAuthor());
      if (heard != null && heard.knows(change.getNumber())) {
        return false;
      }
      AuthorLog author = author(change.getAuthor());
      if (author.log.putIfAbsent(change.getNumber(), withoutValue(change)) == null) {
        add(false, withoutValue(change));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The change has been applied. */
  void applied(Change change) {
    lock.lock();
    try {
      author(change.getAuthor()).applied(change.getNumber());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has questions carry a change of one key, which a question has brought, and which is about to be
   * applied to that key.
   *
   * @return false when it is known
   */
  boolean beginCarried(String group, String key, ChangeId id) {
    lock.lock();
    try {
      if (!isBehind(id.getAuthor(), id.getNumber())) {
        return false;
      }
      if (!carried.isNews(group, key, id)) {
        return !carried.isApplied(group, key, id); // another question has brought it just now
      }
      carried.begin(group, key, id);
      Change.Builder change =
          Change.newBuilder()
              .setAuthor(id.getAuthor())
              .setNumber(id.getNumber())
              .setStamp(id.getStamp())
              .setGroup(group)
              .addKey(key); // also where it is of all: of the others nothing has been done
      add(true, change.build());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a question about a key brings a change that this peer has yet to hear of. */
  boolean isNews(String group, String key, ChangeId id) {
    lock.lock();
    try {
      return isBehind(id.getAuthor(), id.getNumber()) && carried.isNews(group, key, id);
    } finally {
      lock.unlock();
    }
  }

  /** Whether a change is not known. */
  boolean isNews(Change change) {
    lock.lock();
    try {
      AuthorLog author = authors.get(change.getAuthor());
      return author == null || !author.knows(change.getNumber());
    } finally {
      lock.unlock();
    }
  }

  /** A change that a question has brought has been applied. */
  void appliedCarried(String group, String key, ChangeId id) {
    lock.lock();
    try {
      carried.applied(group, key, id);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Up to which number this peer knows whose changes; those who were silent for long are left out.
   */
  List<KnownChanges> known() {
    lock.lock();
    try {
      expire();
      expireAuthors();
      List<KnownChanges> known = new ArrayList<>(authors.size());
      long now = clock.getAsLong();
      authors.forEach((id, author) -> {
        if (now - author.lastHeard < NAMED_NANOS) {
          known.add(
              KnownChanges.newBuilder()
                  .setAuthor(id)
                  .setNumber(author.known)
                  .setDropped(author.dropped)
                  .setCrowded(index.dropped(id))
                  .build());
        }
      });
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** The same of some authors, of those of them who are known. */
  List<KnownChanges> known(Collection<Long> of) {
    lock.lock();
    try {
      List<KnownChanges> known = new ArrayList<>(of.size());
      for (long id : of) {
        AuthorLog author = authors.get(id);
        if (author != null) {
          known.add(KnownChanges.newBuilder().setAuthor(id).setNumber(author.known).build());
        }
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody who knows so much knows changes that this peer does not know. */
  boolean lacksAnyOf(Collection<KnownChanges> theirs) {
    lock.lock();
    try {
      return theirs.stream().anyMatch(each -> isBehind(each.getAuthor(), each.getNumber()));
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody who knows so much has dropped changes that this peer does not know. */
  boolean isBehind(Collection<KnownChanges> theirs) {
    lock.lock();
    try {
      return theirs.stream().anyMatch(each -> isBehind(each.getAuthor(), each.getDropped()));
    } finally {
      lock.unlock();
    }
  }

  /** Whether a change up to {@code number} of that author is not known, or only out of order. */
  boolean isBehind(long author, long number) {
    lock.lock();
    try {
      AuthorLog known = authors.get(author);
      return number > (known == null ? 0 : known.known);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has questions carry from now on that what somebody has dropped for want of room has to be
   * known: it is about to be forgotten here what that touched, and others may not know it either.
   */
  void beginForgetting(Collection<KnownChanges> theirs) {
    lock.lock();
    try {
      for (KnownChanges each : theirs) {
        if (isBehind(each.getAuthor(), each.getCrowded())) {
          crowded(each.getAuthor(), author(each.getAuthor()), each.getCrowded());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says that what somebody has dropped need not be known: all that it touched is forgotten. */
  void forgotten(Collection<KnownChanges> theirs) {
    lock.lock();
    try {
      for (KnownChanges each : theirs) {
        if (each.getDropped() > 0) {
          AuthorLog author = author(each.getAuthor());
          author.skipTo(each.getDropped());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Changes that somebody lacks who knows so much, the oldest of each author first, and then those
   * that came before others of their author, which may never come; as many as fit into so many
   * bytes.
   */
  List<Change> lackedBy(Collection<KnownChanges> theirs, int maxBytes) {
    Map<Long, Long> known = numbers(theirs);
    List<Change> lacked = new ArrayList<>();
    List<Change> ahead = new ArrayList<>();
    lock.lock();
    try {
      int bytes = 0;
      for (Map.Entry<Long, AuthorLog> each : authors.entrySet()) {
        AuthorLog author = each.getValue();
        long after = known.getOrDefault(each.getKey(), 0L);
        for (Change change : author.log.tailMap(after, false).values()) {
          if (change.getNumber() > author.known) {
            if (author.knows(change.getNumber())) {
              ahead.add(change);
            }
            continue;
          }
          bytes += change.getSerializedSize();
          if (bytes > maxBytes && !lacked.isEmpty()) {
            return lacked;
          }
          lacked.add(change);
        }
      }
      for (Change change : ahead) {
        bytes += change.getSerializedSize();
        if (bytes > maxBytes && !lacked.isEmpty()) {
          break;
        }
        lacked.add(change);
      }
      return lacked;
    } finally {
      lock.unlock();
    }
  }

  /** Up to which number somebody knows whose changes. */
  static Map<Long, Long> numbers(Collection<KnownChanges> known) {
    Map<Long, Long> numbers = new HashMap<>();
    known.forEach(each -> numbers.put(each.getAuthor(), each.getNumber()));
    return numbers;
  }

  /** The same, but for authors whose changes nothing is known of here. */
  Map<Long, Long> ofKnownAuthors(Collection<KnownChanges> known) {
    Map<Long, Long> numbers = numbers(known);
    lock.lock();
    try {
      numbers.keySet().retainAll(authors.keySet());
    } finally {
      lock.unlock();
    }
    return numbers;
  }

  /**
   * How many of the changes that are there to be sent somebody lacks.
   *
   * @param theirs up to which number they know whose changes
   */
  long countLackedBy(Map<Long, Long> theirs) {
    lock.lock();
    try {
      return authors.keySet().stream().mapToLong(author -> countLacked(author, theirs)).sum();
    } finally {
      lock.unlock();
    }
  }

  /** How many of one author's: see {@link #countLackedBy(Map)}. */
  long countLackedBy(Map<Long, Long> theirs, long author) {
    lock.lock();
    try {
      return countLacked(author, theirs);
    } finally {
      lock.unlock();
    }
  }

  private long countLacked(long id, Map<Long, Long> theirs) {
    AuthorLog author = authors.get(id);
    return author == null
        ? 0
        : Math.max(0, author.known - Math.max(author.dropped, theirs.getOrDefault(id, 0L)));
  }

  /** Whether no later change of its key is known; where it can't be told, it is not. */
  boolean isLatestOfItsKey(Change change) {
    lock.lock();
    try {
      if (change.getStamp() <= droppedStamp) {
        return false;
      }
      Version mine = new Version(change.getStamp(), change.getAuthor());
      for (ChangeId other : index.of(change.getGroup(), change.getKey(0))) {
        if (other.getScope() != ChangeId.Scope.ALL_BEFORE
            && new Version(other.getStamp(), other.getAuthor()).isLaterThan(mine)) {
          return false;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private AuthorLog author(long id) {
    AuthorLog author = authors.get(id);
    if (author == null) {
      if (authors.size() >= MAX_AUTHORS) {
        long any = authors.keySet().iterator().next();
        authors.remove(any);
        index.forgetDropped(any);
      }
      author = new AuthorLog();
      authors.put(id, author);
    }
    author.lastHeard = clock.getAsLong();
    return author;
  }

  private void add(boolean isCarried, Change change) {
    keys += weight(change);
    order.addLast(new Entry(isCarried, change, index.add(change), clock.getAsLong()));
    expire();
  }

  private void expire() {
    long now = clock.getAsLong();
    while (!order.isEmpty()) {
      Entry oldest = order.getFirst();
      boolean old = now - oldest.at >= RETENTION_NANOS;
      if (!old && keys <= MAX_KEYS) {
        break;
      }
      order.removeFirst();
      keys -= weight(oldest.change);
      drop(oldest, old);
    }
  }

  private void expireAuthors() {
    long now = clock.getAsLong();
    Iterator<Map.Entry<Long, AuthorLog>> all = authors.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Long, AuthorLog> each = all.next();
      if (now - each.getValue().crowdedAt >= RETENTION_NANOS) {
        index.forgetDropped(each.getKey());
      }
      if (now - each.getValue().lastHeard >= AUTHOR_NANOS) {
        all.remove();
      }
    }
  }

  private void drop(Entry oldest, boolean old) {
    Change change = oldest.change;
    if (!(oldest.isCarried && isAlsoToldOf(change))) {
      index.remove(change, oldest.ids);
    }
    droppedStamp = Math.max(droppedStamp, change.getStamp());
    if (oldest.isCarried) {
      carried.drop(change);
      return;
    }
    AuthorLog author = authors.get(change.getAuthor());
    if (author != null) {
      author.log.remove(change.getNumber());
      author.ahead.remove(change.getNumber()); // what it waits for need never come
      author.dropped = Math.max(author.dropped, change.getNumber());
      if (!old) { // somebody may lack it and not be late
        crowded(change.getAuthor(), author, author.dropped);
      }
    }
  }

  /** Whether a change that a question has brought of a key has been told since, and is kept. */
  private boolean isAlsoToldOf(Change carried) {
    AuthorLog author = authors.get(carried.getAuthor());
    Change told = author == null ? null : author.log.get(carried.getNumber());
    return told != null && told.getKeyList().contains(carried.getKey(0));
  }

  private void crowded(long id, AuthorLog author, long number) {
    author.crowdedAt = clock.getAsLong();
    index.dropped(id, number);
  }

  private static int weight(Change change) {
    int bytes = change.getSerializedSize();
    return Math.max(1, Math.max(change.getKeyCount(), bytes / MAX_BYTES_OF_A_KEY));
  }

  /** The change as all are told of it but the owner of its key. */
  static Change withoutValue(Change change) {
    return change.hasValue() ? change.toBuilder().clearValue().clearVersion().build() : change;
  }

  /**
   * A change and when it came.
   *
   * @param isCarried whether a question has brought it, so that it is about one key only
   * @param ids what the index has of it
   */
  private record Entry(boolean isCarried, Change change, List<ChangeId> ids, long at) {}
}
