package io.groupcache.consistenthash;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A ring of peers: each has a number of points on it, and a key belongs to the peer of the first
 * point at or after the key's own hash. When a peer comes or goes, only the keys next to its points
 * change their owner. The order in which peers are listed does not matter.
 *
 * <p>Immutable, so looking up needs no lock.
 */
public final class ConsistentHash {

  private final HashFunction hash;
  private final List<String> peers;

  /**
   * The points in signed order: the circle of unsigned ones, begun half-way round, so that what
   * follows a point, and what follows the last, is the same.
   */
  private final PointIndex points;

  /** The peer of each point. */
  private final String[] owners;

  /**
   * Makes a ring.
   *
   * @param replicas points of each peer; more of them share the keys out more evenly
   * @param hash the hash of points and keys
   * @param peers the peers; one that is listed twice counts once
   * @throws IllegalArgumentException when {@code replicas} is not positive
   */
  public ConsistentHash(int replicas, HashFunction hash, Collection<String> peers) {
    if (replicas < 1) {
      throw new IllegalArgumentException("A peer needs at least one replica, not " + replicas);
    }
    this.hash = hash;
    // Sorted, because where two peers share a point the later one has it, as in the Go library.
    this.peers = List.copyOf(new TreeSet<>(peers));
    Map<Integer, String> ring = new TreeMap<>();
    for (String peer : this.peers) {
      for (int i = 0; i < replicas; i++) {
        ring.put(hash.hash(i + peer), peer);
      }
    }
    this.points = new PointIndex(ring.keySet().stream().mapToInt(Integer::intValue).toArray());
    this.owners = ring.values().toArray(String[]::new);
  }

  /**
   * The peer that owns {@code key}.
   *
   * @throws NoSuchElementException when the ring has no peers
   */
  public String owner(String key) {
    if (owners.length == 0) {
      throw new NoSuchElementException("The ring has no peers, so nobody owns '" + key + "'");
    }
    int first = points.firstAtOrAfter(hash.hash(key));
    return owners[first == owners.length ? 0 : first];
  }

  /**
   * The owner of {@code key}, and then the peers that would own it if all before them were not on
   * the ring: each of the others stands in for some of the owner's keys. Lazy, as few need more
   * than the first two.
   */
  public Stream<String> owners(String key) {
    int first = points.firstAtOrAfter(hash.hash(key));
    return IntStream.range(first, first + owners.length)
        .mapToObj(point -> owners[point % owners.length])
        .distinct();
  }

  /** The peers of this ring, sorted. */
  public List<String> peers() {
    return peers;
  }
}
