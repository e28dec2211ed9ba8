package io.groupcache;

import io.groupcache.consistenthash.ConsistentHash;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.groupcachepb.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One peer of a {@link RingOfPeers}, and the ring as it sees it. */
final class RingPeer implements PeerPicker, AutoCloseable {

  private final String url;
  private final RingOfPeers ring;
  private final GroupCache groupCache;
  private final Map<String, RingWay> ways = new ConcurrentHashMap<>();
  private volatile ConsistentHash seen;

  RingPeer(
      String url, RingOfPeers ring, List<String> seen, UnaryOperator<GroupCacheBuilder> settings) {
    this.url = url;
    this.ring = ring;
    this.seen = hash(seen);
    this.groupCache =
        settings.apply(GroupCache.builder(this).promotion((key, response) -> true)).build();
  }

  /** Has it see another ring from now on. */
  void sees(String... urls) {
    seen = hash(List.of(urls));
  }

  Group newGroup(GroupOptions options, Getter getter) {
    return groupCache.newGroup(RingOfPeers.GROUP, options, getter);
  }

  Group group() {
    return groupCache.group(RingOfPeers.GROUP);
  }

  GroupCache groupCache() {
    return groupCache;
  }

  Exchange answer(Exchange said) {
    return groupCache.answer(said);
  }

  boolean owns(String key) {
    return seen.owner(key).equals(url);
  }

  RingWay wayTo(String other) {
    return ways.computeIfAbsent(other, to -> new RingWay(ring, url, to));
  }

  @Override
  public @Nullable ProtoGetter pickPeer(String key) {
    String owner = seen.owner(key);
    return owner.equals(url) ? null : wayTo(owner);
  }

  @Override
  public Stream<ProtoGetter> standIns(String key) {
    List<ProtoGetter> before = new ArrayList<>();
    for (String each : seen.owners(key).toList()) {
      if (each.equals(url)) {
        break;
      }
      before.add(wayTo(each));
    }
    return before.stream().skip(1);
  }

  @Override
  public Optional<Map<String, ProtoGetter>> others() {
    Map<String, ProtoGetter> others = new TreeMap<>();
    seen.peers().stream()
        .filter(peer -> !peer.equals(url))
        .forEach(peer -> others.put(peer, wayTo(peer)));
    return Optional.of(others);
  }

  @Override
  public Optional<ProtoGetter> way(String other) {
    return Optional.of(wayTo(other));
  }

  @Override
  public Optional<String> self() {
    return Optional.of(url);
  }

  @Override
  public long fingerprint() {
    return seen.peers().hashCode();
  }

  @Override
  public void close() {
    groupCache.close();
  }

  private static ConsistentHash hash(List<String> peers) {
    return new ConsistentHash(50, HashFunction.crc32(), peers);
  }
}
