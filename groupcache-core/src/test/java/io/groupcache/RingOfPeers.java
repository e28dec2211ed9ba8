package io.groupcache;

import io.groupcache.groupcachepb.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Several peers in this JVM, which ask and tell each other without a network. */
final class RingOfPeers implements AutoCloseable {

  static final String GROUP = "things";

  private final Map<String, RingPeer> peers = new LinkedHashMap<>();

  /** In which peers are answered: what a caller's thread carries does not go along. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "answering");
        thread.setDaemon(true);
        return thread;
      });

  /** Makes peers that mirror whatever they are sent. */
  static RingOfPeers of(String... urls) {
    return with(UnaryOperator.identity(), urls);
  }

  /** Makes peers that mirror whatever they are sent, with other settings besides. */
  static RingOfPeers with(UnaryOperator<GroupCacheBuilder> settings, String... urls) {
    RingOfPeers ring = new RingOfPeers();
    for (String url : urls) {
      ring.add(settings, url, List.of(urls));
    }
    return ring;
  }

  /** One peer more, which sees a ring of its own. */
  RingPeer add(String url, List<String> seen) {
    return add(UnaryOperator.identity(), url, seen);
  }

  private RingPeer add(UnaryOperator<GroupCacheBuilder> settings, String url, List<String> seen) {
    RingPeer peer = new RingPeer(url, this, seen, settings);
    peers.put(url, peer);
    return peer;
  }

  /** Gives all peers the same group, and waits until they keep what they load. */
  List<Group> groups(GroupOptions options, Getter getter) {
    List<Group> groups = new ArrayList<>();
    peers.values().forEach(peer -> groups.add(peer.newGroup(options, getter)));
    awaitJoined();
    return groups;
  }

  void awaitJoined() {
    peers
        .values()
        .forEach(
            peer -> Eventually.holds(() -> peer.answer(Exchange.getDefaultInstance()).getAwake()));
  }

  RingPeer peer(String url) {
    RingPeer peer = peers.get(url);
    if (peer == null) {
      throw new PeerException("There is no peer " + url, null);
    }
    return peer;
  }

  Group group(String url) {
    return peer(url).group();
  }

  /** The way from one peer to another. */
  RingWay way(String from, String to) {
    return peer(from).wayTo(to);
  }

  /** Cuts a peer off from all others, in both directions, or ends that. */
  void cutOff(String url, boolean cut) {
    for (String other : peers.keySet()) {
      way(url, other).cut(cut);
      way(other, url).cut(cut);
    }
  }

  /** A key that a peer owns on the ring that it sees. */
  String keyOf(String url) {
    return keysOf(url, 1).get(0);
  }

  List<String> keysOf(String url, int count) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; keys.size() < count; i++) {
      if (peer(url).owns("key-" + i)) {
        keys.add("key-" + i);
      }
    }
    return keys;
  }

  ExecutorService threads() {
    return threads;
  }

  @Override
  public void close() {
    peers.values().forEach(RingPeer::close);
    threads.shutdownNow();
  }
}
