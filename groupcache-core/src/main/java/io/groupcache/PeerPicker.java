package io.groupcache;

import java.util.stream.Stream;
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

  /**
   * The ways to the peers that stand in for the owner of {@code key} when it can't answer, in the
   * order in which they are asked. It must be the same order for all peers, so that each picks the
   * same stand-in, and end before this peer's own place in it: there the key is loaded here. It is
   * asked for only once the owner has failed.
   *
   * @param key a key that another peer owns
   */
  default Stream<ProtoGetter> standIns(String key) {
    return Stream.empty();
  }

  /** The picker of a ring of one: this peer owns every key. */
  static PeerPicker none() {
    return key -> null;
  }
}
