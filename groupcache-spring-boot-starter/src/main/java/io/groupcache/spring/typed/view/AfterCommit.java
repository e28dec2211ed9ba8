package io.groupcache.spring.typed.view;

import io.groupcache.Group;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/** Removes keys once the transaction of the thread has committed, where there is one. */
final class AfterCommit {

  private static final boolean TRANSACTIONS =
      ClassUtils.isPresent(
          "org.springframework.transaction.support.TransactionSynchronizationManager",
          AfterCommit.class.getClassLoader());

  private AfterCommit() {}

  /** Removes a key after the commit, with the others of the transaction; at once without one. */
  static void remove(Group group, String key) {
    if (TRANSACTIONS && Removals.isInTransaction()) {
      Removals.of(group).keys.add(key);
    } else {
      group.remove(key);
    }
  }

  /**
   * What one transaction removes from one group: a class of its own, as its type may be missing.
   */
  private static final class Removals implements TransactionSynchronization {

    private final Group group;
    private final Set<String> keys = new LinkedHashSet<>();

    Removals(Group group) {
      this.group = group;
    }

    static boolean isInTransaction() {
      return TransactionSynchronizationManager.isSynchronizationActive()
          && TransactionSynchronizationManager.isActualTransactionActive();
    }

    static Removals of(Group group) {
      for (TransactionSynchronization known :
          TransactionSynchronizationManager.getSynchronizations()) {
        if (known instanceof Removals removals && removals.group.equals(group)) {
          return removals;
        }
      }
      Removals removals = new Removals(group);
      TransactionSynchronizationManager.registerSynchronization(removals);
      return removals;
    }

    @Override
    public void afterCommit() {
      remove();
    }

    /** Removes what another synchronization has added after the commit. */
    @Override
    public void afterCompletion(int status) {
      if (status == STATUS_COMMITTED) {
        remove();
      }
    }

    private void remove() {
      List<String> due = List.copyOf(keys);
      keys.clear();
      group.removeAll(due);
    }
  }
}
