package io.groupcache;

import org.jspecify.annotations.Nullable;

/** Knows which peer owns a key. Must be safe for use from many threads, and fast. */
@FunctionalInterface
public interface PeerPicker {

  /**
   * The way to the peer that owns {@code key}, or null when this peer owns it.
   *
   * @param key well-formed text, never null
   */
  @Nullable ProtoGetter pickPeer(String key);

  /** The picker of a ring of one: this peer owns every key. */
  static PeerPicker none() {
    return key -> null;
  }
}
