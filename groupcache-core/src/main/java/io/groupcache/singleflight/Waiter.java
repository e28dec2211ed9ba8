package io.groupcache.singleflight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for a flight; a link of the flight's list of them. */
abstract class Waiter {

  /** The end of the list of a flight that has landed. */
  static final Waiter NOBODY_ANY_MORE =
      new Waiter(null) {
        @Override
        void landed() {}
      };

  @Nullable Waiter next;

  /** The work that goes on when the flight has landed; null where nothing waits for this waiter. */
  volatile @Nullable Work work;

  Waiter(@Nullable Work work) {
    this.work = work;
  }

  /** Whether this is the list of a flight that has landed. */
  @SuppressWarnings("ReferenceEquality") // a waiter is one place in a list, equal to no other
  final boolean isNobody() {
    return this == NOBODY_ANY_MORE;
  }

  /** Calls {@link #landed} of all in a list; there may be none. */
  static void tell(@Nullable Waiter latest) {
    Waiter waiter = latest;
    while (waiter != null) {
      Waiter next = waiter.next;
      waiter.landed();
      waiter = next;
    }
  }

  /** Called once, in the thread that lands the flight; must not throw, nor wait. */
  abstract void landed();

  /** Whether it still waits; a load for which nobody does need not begin. */
  boolean isWaiting() {
    return false;
  }

  /** The names of work in other processes that waits for this waiter. */
  List<String> remoteAncestors() {
    return List.of();
  }
}
