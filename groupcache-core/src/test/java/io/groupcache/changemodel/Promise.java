package io.groupcache.changemodel;

/** What must hold in every world that can be reached. */
enum Promise {
  /** No get that begins after a complete change gives a value whose load began before it. */
  READ_AFTER_REMOVAL,
  /** A peer that knows a change holds nothing that was loaded before it. */
  NO_RESURRECTION,
  /** A complete change is known on the rings of all who acknowledged it. */
  COMPLETE_IS_KNOWN
}
