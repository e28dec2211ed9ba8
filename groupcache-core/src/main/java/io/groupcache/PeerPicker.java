package io.groupcache;

import java.util.Map;
import java.util.Optional;
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

  /**
   * The ways to all other peers on the ring, by base URL. They are told of changes; where a picker
   * does not know them, as this one, no change is known to be complete.
   */
  default Optional<Map<String, ProtoGetter>> others() {
    return Optional.empty();
  }

  /**
   * The way to a peer that is not on this ring, but on that of another peer; empty where there is
   * none.
   *
   * @param url its base URL there
   */
  default Optional<ProtoGetter> way(String url) {
    return Optional.empty();
  }

  /** The base URL of this peer, by which the others know it; empty where it has none. */
  default Optional<String> self() {
    return Optional.empty();
  }

  /**
   * Checks that the other peers know this one well enough to take values from it.
   *
   * @throws IllegalStateException when they don't; the message says what to configure
   */
  default void checkTakesValues() {}

  /**
   * A hash of the ring: equal for two peers that agree who owns what, and by all odds for no
   * others.
   */
  default long fingerprint() {
    return 0;
  }

  /** The picker of a ring of one: this peer owns every key. */
  static PeerPicker none() {
    return new PeerPicker() {
      @Override
      public @Nullable ProtoGetter pickPeer(String key) {
        return null;
      }

      @Override
      public Optional<Map<String, ProtoGetter>> others() {
        return Optional.of(Map.of());
      }
    };
  }
}
