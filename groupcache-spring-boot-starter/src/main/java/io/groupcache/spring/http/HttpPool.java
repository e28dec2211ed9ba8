package io.groupcache.spring.http;

import io.groupcache.PeerPicker;
import io.groupcache.ProtoGetter;
import io.groupcache.consistenthash.ConsistentHash;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.spring.http.wire.PeerUrl;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ring of peers as this one sees it: who owns a key, and the way there. Safe for use from many
 * threads; picking takes no lock.
 *
 * <p>Until {@link #set} is called, and after it was called with no peers, the ring has one peer:
 * this one.
 */
public final class HttpPool implements PeerPicker {

  private final @Nullable String self;
  private final int replicas;
  private final HashFunction hash;
  private final Function<String, ProtoGetter> connections;
  private final List<Runnable> changeHooks = new CopyOnWriteArrayList<>();
  private Map<String, String> peers = Map.of(); // names by normalized URL; guarded by this
  private boolean leaving; // guarded by this
  private volatile Ring ring;
  private volatile boolean proven;

  /**
   * Makes a pool with no peer but this one.
   *
   * @param self the base URL by which the others reach this peer; null when none can
   * @param replicas points of each peer on the ring; the same on all peers
   * @param hash the hash of the ring; the same on all peers
   * @param connections gives the way to the peer of a base URL
   * @throws IllegalArgumentException when {@code self} is no base URL
   */
  public HttpPool(
      @Nullable String self,
      int replicas,
      HashFunction hash,
      Function<String, ProtoGetter> connections) {
    this.self = self == null ? null : PeerUrl.parse(self);
    this.replicas = replicas;
    this.hash = hash;
    this.connections = connections;
    this.ring = ring(this.self, new ConsistentHash(replicas, hash, List.of()), Map.of());
  }

  /**
   * Replaces the peers, at once for all who look: gets that began before go on with the old ones,
   * and the ways to peers that stay are kept. A pool that is not among its peers owns no keys.
   *
   * <p>A peer's name on the ring is its URL as it is listed here, this one's too: {@code self} may
   * spell the same URL differently, such as with a host in capitals or with the port that the
   * scheme has anyway.
   *
   * @param peers the base URLs of all peers, this one included, in any order
   * @throws IllegalArgumentException when one of them is no base URL, or two are spellings of the
   *     same; nothing has changed then
   */
  public synchronized void set(Collection<String> peers) {
    this.peers = named(peers);
    rebuild();
  }

  /** Replaces the peers, as {@link #set(Collection)} does. */
  public void set(String... peers) {
    set(List.of(peers));
  }

  @Override
  public @Nullable ProtoGetter pickPeer(String key) {
    Ring now = ring;
    return now.ways.isEmpty() ? null : now.ways.get(now.owners.owner(key));
  }

  @Override
  public Stream<ProtoGetter> standIns(String key) {
    Ring now = ring;
    return now.owners
        .owners(key)
        .skip(1)
        .takeWhile(peer -> !peer.equals(now.self))
        .map(peer -> Objects.requireNonNull(now.ways.get(peer)));
  }

  @Override
  public Optional<Map<String, ProtoGetter>> others() {
    return Optional.of(ring.ways);
  }

  /**
   * The way to a peer that is on another peer's ring; empty where its URL can't be one, or is this
   * peer's.
   */
  @Override
  public Optional<ProtoGetter> way(String url) {
    String name;
    try {
      name = PeerUrl.parse(url);
    } catch (IllegalArgumentException noUrl) {
      return Optional.empty();
    }
    Ring now = ring;
    boolean mine = self != null && PeerUrl.normalized(name).equals(PeerUrl.normalized(self));
    return mine
        ? Optional.empty()
        : Optional.of(
            Objects.requireNonNullElseGet(now.ways.get(name), () -> connections.apply(name)));
  }

  @Override
  public long fingerprint() {
    return ring.fingerprint;
  }

  /**
   * Takes this peer off its own ring: it owns nothing from now on, and asks the others as they will
   * once it is gone, while it still answers those who don't know yet. The first step of a shutdown.
   */
  public synchronized void leave() {
    leaving = true;
    rebuild();
  }

  /** Puts this peer back on its own ring, if it is among the peers that were set. */
  public synchronized void join() {
    leaving = false;
    rebuild();
  }

  /** Calls {@code hook} after each change of the ring, in the thread that changed it. */
  public void onChange(Runnable hook) {
    changeHooks.add(hook);
  }

  /**
   * Takes it that the peers know this one well enough to take values from it.
   *
   * @param proven whether it shows them a secret or a certificate
   */
  public void setProven(boolean proven) {
    this.proven = proven;
  }

  @Override
  public void checkTakesValues() {
    if (!proven && !ring.ways.isEmpty()) {
      throw new IllegalStateException(
          "A value can be set only among peers that prove who they are: set"
              + " groupcache.security.shared-secret on all of them, or let them show certificates"
              + " (groupcache.client.ssl.bundle)");
    }
  }

  /** The peer of that base URL, if it is on the ring, has said that it leaves. */
  public void saidGoodbye(String peer) {
    if (ring.ways.get(peer) instanceof PeerClient client) {
      client.leaves();
    }
  }

  /** What this peer thinks of the peer of that base URL; it is up as far as nothing is known. */
  public PeerState state(String peer) {
    return ring.ways.get(peer) instanceof PeerClient client ? client.state() : PeerState.UP;
  }

  /** The base URL of the peer that owns {@code key}; empty when it is this one and has none. */
  public Optional<String> owner(String key) {
    ConsistentHash owners = ring.owners;
    return owners.peers().isEmpty() ? self() : Optional.of(owners.owner(key));
  }

  /** The base URLs of the peers on the ring, sorted; empty in a ring of one without a URL. */
  public List<String> peers() {
    List<String> peers = ring.owners.peers();
    return peers.isEmpty() ? self().stream().toList() : peers;
  }

  /** The number of peers on the ring, at least 1: a ring of one has this one. */
  public int size() {
    return Math.max(1, ring.owners.peers().size());
  }

  /** The base URL of this peer, if it has one: as it is listed among the peers, where it is. */
  @Override
  public Optional<String> self() {
    return Optional.ofNullable(ring.self);
  }

  private void rebuild() {
    String name = self == null ? null : peers.getOrDefault(PeerUrl.normalized(self), self);
    Set<String> members = new HashSet<>(peers.values());
    if (leaving && name != null) {
      members.remove(name);
    }
    ConsistentHash owners = new ConsistentHash(replicas, hash, members);
    Map<String, ProtoGetter> ways = new HashMap<>();
    for (String peer : owners.peers()) {
      if (!peer.equals(name)) {
        ProtoGetter known = ring.ways.get(peer);
        ways.put(peer, known != null ? known : connections.apply(peer));
      }
    }
    ring = ring(name, owners, Map.copyOf(ways));
    changeHooks.forEach(Runnable::run);
  }

  private Ring ring(@Nullable String self, ConsistentHash owners, Map<String, ProtoGetter> ways) {
    return new Ring(self, owners, ways, RingFingerprint.of(owners.peers(), replicas, hash));
  }

  private static Map<String, String> named(Collection<String> peers) {
    Map<String, String> named = new HashMap<>();
    for (String peer : peers) {
      String name = checked(peer);
      String before = named.putIfAbsent(PeerUrl.normalized(name), name);
      if (before != null && !before.equals(name)) {
        throw new IllegalArgumentException(
            "'" + before + "' and '" + name + "' are the same peer: list it once, as all peers do");
      }
    }
    return named;
  }

  private static String checked(String peer) {
    try {
      return PeerUrl.parse(peer);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + peer + "' is no base URL of a peer: " + e.getMessage(), e);
    }
  }

  /** One state of the ring, replaced as a whole; {@code self} is this peer's name on it. */
  private record Ring(
      @Nullable String self,
      ConsistentHash owners,
      Map<String, ProtoGetter> ways,
      long fingerprint) {}
}
