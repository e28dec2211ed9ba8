package io.groupcache.spring.autoconfigure;

import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.http.wire.PeerUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks who is on the ring: {@code groupcache.self} and {@code groupcache.peers}. */
final class RingMembers {

  private static final String SELF = "groupcache.self";
  private static final String PEERS = "groupcache.peers";

  private RingMembers() {}

  /** This peer's base URL; null where there is none. */
  static @Nullable String self(@Nullable String text) {
    return text == null || text.isBlank() ? null : url(SELF, text);
  }

  /** All peers' base URLs, {@code self} among them. */
  static List<String> peers(@Nullable String self, List<String> texts) {
    List<String> peers = new ArrayList<>();
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      String peer = url(element(i), texts.get(i));
      peers.add(peer);
      Integer before = indexes.put(PeerUrl.normalized(peer), i);
      GroupCacheConfigurationException.check(
          before == null,
          element(i),
          peer,
          "it is the same peer as " + (before == null ? "" : element(before)),
          "List each peer once, spelt in the same way on all peers.");
    }
    if (!peers.isEmpty()) {
      checkSelf(self, peers, indexes.keySet());
    }
    return List.copyOf(peers);
  }

  private static void checkSelf(@Nullable String self, List<String> peers, Set<String> normalized) {
    GroupCacheConfigurationException.check(
        self != null,
        PEERS,
        peers,
        "nothing says which of these peers this one is",
        "Set groupcache.self to this peer's own entry of the list.");
    GroupCacheConfigurationException.check(
        self != null && normalized.contains(PeerUrl.normalized(self)),
        PEERS,
        peers,
        "this peer, groupcache.self=" + self + ", is not in the list",
        "Add groupcache.self to the list, or use the same host there, be it a name or an address:"
            + " all peers need the same list, themselves included, to agree on who owns a key.");
  }

  private static String url(String property, String value) {
    try {
      return PeerUrl.parse(value);
    } catch (IllegalArgumentException e) {
      throw new GroupCacheConfigurationException(
          property,
          value,
          "it is no base URL of a peer: " + e.getMessage(),
          "Write scheme, host and port as the other peers reach it, such as http://10.0.0.1:8080",
          e);
    }
  }

  private static String element(int index) {
    return PEERS + "[" + index + "]";
  }
}
