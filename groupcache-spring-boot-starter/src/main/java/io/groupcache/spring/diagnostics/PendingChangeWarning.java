package io.groupcache.spring.diagnostics;

import io.groupcache.ChangeListener;
import io.groupcache.Invalidation;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says which peers a change of values has not reached: once for each of them, until a change
 * reaches it again. Safe for use from many threads.
 */
public final class PendingChangeWarning implements ChangeListener {

  private static final Log log = LogFactory.getLog(PendingChangeWarning.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> saidToBePending = new HashSet<>(); // guarded by the lock
  private final Set<String> saidToBeForGood = new HashSet<>(); // guarded by the lock
  private boolean saidThatNobodyKnows; // guarded by the lock

  /** Makes one that has said nothing yet. */
  public PendingChangeWarning() {}

  @Override
  public void onChange(String group, Invalidation invalidation) {
    Set<String> forGood = new TreeSet<>(invalidation.pendingForGood());
    Set<String> pending = new TreeSet<>(invalidation.pendingPeers());
    pending.removeAll(forGood);
    boolean nobodyKnows = !invalidation.isComplete() && invalidation.pendingPeers().isEmpty();
    lock.lock();
    try {
      keepUnsaid(forGood, saidToBeForGood);
      keepUnsaid(pending, saidToBePending);
      nobodyKnows = nobodyKnows && !saidThatNobodyKnows;
      saidThatNobodyKnows |= nobodyKnows;
    } finally {
      lock.unlock();
    }
    if (!pending.isEmpty()) {
      log.warn(
          "A change of the group '"
              + group
              + "' has not reached "
              + pending
              + ", where old values may still be served. They hear of it within seconds of their"
              + " being reachable; until then the meter groupcache.removals.pending counts, and"
              + " nothing more is said of them.");
    }
    if (!forGood.isEmpty()) {
      log.warn(
          "No change of values reaches "
              + forGood
              + ", which know none, as golang/groupcache does not: what they own stays as it is"
              + " until they evict it. All changes stay pending there.");
    }
    if (nobodyKnows) {
      log.warn(
          "Changes of values reach no other peer: the PeerPicker does not say which peers there"
              + " are. Implement PeerPicker.others(), and ProtoGetter.exchange(…) of those.");
    }
  }

  /** Of these leaves what was not said, and remembers what has been said of them by now. */
  private static void keepUnsaid(Set<String> now, Collection<String> said) {
    said.retainAll(now);
    now.removeAll(said);
    said.addAll(now);
  }
}
