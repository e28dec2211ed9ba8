package io.groupcache.spring.ring;

import static org.awaitility.Awaitility.await;

import io.groupcache.consistenthash.ConsistentHash;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.spring.ring.PeerCommand.Language;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Peers that know each other, each in a process of its own. */
final class Ring implements AutoCloseable {

  private final List<Peer> peers = new ArrayList<>();
  private final ConsistentHash owners;

  private Ring(List<String> urls) {
    this.owners = ring(urls);
  }

  /** Starts the peers, and returns when all of them answer. */
  static Ring start(PeerCommand... commands) {
    return start(Map.of(), commands);
  }

  /**
   * Starts the peers at base URLs with which some keys belong to peers of some language, so that no
   * test depends on which ports are free.
   */
  static Ring start(Map<String, Language> placed, PeerCommand... commands) {
    List<String> urls =
        FreePorts.urls(
            commands.length,
            candidates ->
                placed.entrySet().stream()
                    .allMatch(key -> {
                      String owner = ring(candidates).owner(key.getKey());
                      return commands[candidates.indexOf(owner)].language() == key.getValue();
                    }));
    Ring ring = new Ring(urls);
    try {
      for (int i = 0; i < commands.length; i++) {
        ring.start(urls.get(i), commands[i], urls);
      }
      await().atMost(Duration.ofMinutes(3)).until(() -> ring.stream().allMatch(Peer::isReady));
      return ring;
    } catch (Throwable e) {
      ring.close();
      throw e;
    }
  }

  List<Peer> peers() {
    return List.copyOf(peers);
  }

  Stream<Peer> stream() {
    return peers.stream();
  }

  /** A peer of that language: the first, if there are more. */
  Peer first(Language language) {
    return stream().filter(peer -> peer.language() == language).findFirst().orElseThrow();
  }

  /** A peer of that language, but another one. */
  Peer other(Language language, Peer than) {
    return stream()
        .filter(peer -> peer.language() == language && !peer.equals(than))
        .findFirst()
        .orElseThrow();
  }

  /** The owner of a key, as the core computes it here. */
  Peer owner(String key) {
    String url = owners.owner(key);
    return stream().filter(peer -> peer.url().equals(url)).findFirst().orElseThrow();
  }

  /** The peer that stands in for the owner of a key. */
  Peer standIn(String key) {
    String url = owners.owners(key).skip(1).findFirst().orElseThrow();
    return stream().filter(peer -> peer.url().equals(url)).findFirst().orElseThrow();
  }

  /** Keys of one owner: the prefix, and a number. */
  List<String> keysOf(Peer owner, String prefix, int count) {
    return Stream.iterate(0, i -> i + 1)
        .map(i -> prefix + i)
        .filter(key -> owner(key).equals(owner))
        .limit(count)
        .toList();
  }

  /** A key of that owner: the prefix, and a number. */
  String keyOf(Peer owner, String prefix) {
    return keysOf(owner, prefix, 1).get(0);
  }

  /** How often getters ran for a key, in the whole ring. */
  int runs(String group, String key) {
    return stream().mapToInt(peer -> peer.runs(group, key)).sum();
  }

  @Override
  public void close() {
    peers.parallelStream().forEach(peer -> peer.process().close());
  }

  private void start(String self, PeerCommand command, List<String> all) {
    String name = command.language() + "-" + self.replaceAll(".*:", "");
    peers.add(
        new Peer(self, command.language(), PeerProcess.start(name, command.process(self, all))));
  }

  private static ConsistentHash ring(List<String> urls) {
    return new ConsistentHash(50, HashFunction.crc32(), urls);
  }
}
