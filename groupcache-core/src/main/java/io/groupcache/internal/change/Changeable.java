package io.groupcache.internal.change;

import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.GetResponse;

/** A group, as far as its values change. Safe for use from many threads. */
public interface Changeable {

  /** The value of a key has changed: nothing that was loaded before is kept, or joined. */
  void change(String key);

  /** The value of a key has changed to this: see {@link #change(String)}. */
  void change(String key, GetResponse value);

  /** The values of all keys have changed: see {@link #change(String)}. */
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
