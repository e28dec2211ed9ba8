package io.groupcache.singleflight;

import org.jspecify.annotations.Nullable;

/** Somebody who is told of a flight's landing; a link of the flight's list of them. */
abstract class Waiter {

  /** The end of the list of a flight that has landed. */
  static final Waiter NOBODY_ANY_MORE =
      new Waiter() {
        @Override
        void landed() {}

        @Override
        void queued() {}
      };

  @Nullable Waiter next;

  @SuppressWarnings("ReferenceEquality") // a waiter is one place in a list, equal to no other
  final boolean isNobody() {
    return this == NOBODY_ANY_MORE;
  }

  /** Tells all of a list whose flight has landed; there may be none. */
  static void tell(@Nullable Waiter latest) {
    Waiter waiter = latest;
    while (waiter != null) {
      Waiter next = waiter.next;
      waiter.landed();
      waiter = next;
    }
  }

  /** Called once, in the thread that has landed the flight; must not throw, nor wait. */
  abstract void landed();

  /** The flight waits for its turn from now on; must not throw, nor wait. */
  abstract void queued();
}
