package io.groupcache.internal.change;

import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.cache.Version;
import java.util.function.BooleanSupplier;

/** A group, as far as its values change. Safe for use from many threads. */
public interface Changeable {

  /**
   * The value of a key has changed: nothing that was loaded before is kept, or joined; what a later
   * change has set is.
   */
  void change(String key, Version change);

  /** Whether it can read values of that version; empty is the one that has no name. */
  boolean reads(String version);

  /**
   * The value of a key has changed to this: see {@link #change}.
   *
   * @param isLatest whether nothing later is known of the key; where it is not, this value is not
   *     held
   */
  void set(String key, GetResponse value, Version change, BooleanSupplier isLatest);

  /** The values of all keys have changed: see {@link #change}. */
  void changeAll();

  /** Whether it has values with times, or any that have changed. */
  boolean mayChange();

  /** Hides what is held from all gets, or shows it again. */
  void hide(boolean hidden);

  /** Says whether anything is kept from now on. */
  void keep(boolean keeps);

  /** Forgets what it holds, as its owner, of the keys that this peer owns. */
  void forgetKeysOf(ProtoGetter owner);

  /** Forgets what is of no use any more because its time is up. */
  void sweep();
}
