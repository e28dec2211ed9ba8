package io.groupcache.internal.change;

import io.groupcache.Eventually;
import io.groupcache.GetContext;
import io.groupcache.PeerException;
import io.groupcache.PeerPicker;
import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.load.LoadThreads;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Peers that tell each other of changes, each with clocks of its own, and nothing else. */
final class TimedRing implements AutoCloseable {

  private final List<String> urls;
  private final Map<String, Peer> peers = new LinkedHashMap<>();
  private final Set<String> cutOff = ConcurrentHashMap.newKeySet();

  TimedRing(String... urls) {
    this.urls = List.of(urls);
    for (String url : urls) {
      peers.put(url, new Peer(url));
    }
    peers.values().forEach(peer -> peer.changes.add("g", peer.group));
    peers.values().forEach(peer -> peer.changes.add("untimed", peer.untimed));
    peers.values().forEach(peer -> Eventually.holds(peer::isAwake));
  }

  Peer peer(String url) {
    return Objects.requireNonNull(peers.get(url));
  }

  /** Nothing gets to that peer, nor from it, or all does again. */
  void cutOff(String url, boolean cut) {
    if (cut) {
      cutOff.add(url);
    } else {
      cutOff.remove(url);
    }
  }

  /** Another process takes a peer's place, and has said nothing yet. */
  Peer restart(String url) {
    peer(url).changes.close();
    Peer restarted = new Peer(url);
    peers.put(url, restarted);
    return restarted;
  }

  @Override
  public void close() {
    peers.values().forEach(peer -> peer.changes.close());
  }

  final class Peer implements PeerPicker {

    final FakeClock clock = new FakeClock();
    final FakeGroup group = new FakeGroup(true);
    final FakeGroup untimed = new FakeGroup(false);
    final Changes changes;
    private final String url;
    private final Map<String, ProtoGetter> ways = new ConcurrentHashMap<>();

    Peer(String url) {
      this.url = url;
      this.changes =
          new Changes(
              this,
              new LoadThreads("test-"),
              TimeUnit.MILLISECONDS.toNanos(300),
              url.hashCode(),
              clock::nanos,
              clock::wallMillis);
    }

    boolean isAwake() {
      return changes.answer(Exchange.getDefaultInstance()).getAwake();
    }

    @Override
    public @Nullable ProtoGetter pickPeer(String key) {
      return null;
    }

    @Override
    public Optional<String> self() {
      return Optional.of(url);
    }

    @Override
    public Optional<Map<String, ProtoGetter>> others() {
      Map<String, ProtoGetter> others = new TreeMap<>();
      for (String other : urls) {
        if (!other.equals(url)) {
          others.put(other, ways.computeIfAbsent(other, to -> new Way(url, to)));
        }
      }
      return Optional.of(others);
    }
  }

  private final class Way implements ProtoGetter {

    private final String from;
    private final String to;

    Way(String from, String to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public GetResponse get(GetContext context, GetRequest request) {
      throw new AssertionError("nothing is asked for");
    }

    @Override
    public Optional<Exchange> exchange(Exchange said, Duration timeout) {
      if (cutOff.contains(from) || cutOff.contains(to)) {
        throw new PeerException("cut off", null);
      }
      return Optional.of(peer(to).changes.answer(said));
    }
  }
}
