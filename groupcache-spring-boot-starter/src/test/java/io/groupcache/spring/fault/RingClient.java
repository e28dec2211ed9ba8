package io.groupcache.spring.fault;

import static io.groupcache.spring.ring.PeerApplication.VALUES;

import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Sinks;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.client.PeerConnectionSettings;
import io.groupcache.spring.http.client.PeerConnections;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import io.groupcache.spring.ring.Answer;
import io.groupcache.spring.ring.TestGetter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A peer that owns nothing and is asked by no peer, in this very process. */
final class RingClient implements Target, AutoCloseable {

  private final Map<String, Integer> runs = new ConcurrentHashMap<>();
  private final PeerConnections connections;
  private final HttpPool pool;
  private final Group group;

  RingClient(List<String> peers) {
    connections =
        new PeerConnections(
            new PeerConnectionSettings(
                "/_groupcache/",
                FaultSettings.CONNECT_TIMEOUT,
                FaultSettings.READ_TIMEOUT,
                64,
                FaultSettings.MAX_RESPONSE_BYTES),
            SharedSecret.none(),
            null,
            List.of(),
            ProcessId.random());
    pool = new HttpPool(null, 50, HashFunction.crc32(), connections);
    pool.set(peers);
    group =
        GroupCache.builder(pool)
            .timeout(FaultSettings.DEADLINE)
            .build()
            .newGroup(
                VALUES,
                64 << 20,
                (context, key, dest) -> {
                  runs.merge(key, 1, Integer::sum);
                  dest.setString(TestGetter.value(VALUES, key));
                });
  }

  /** Gives it a view of the ring that nobody else has. */
  void see(List<String> peers) {
    pool.set(peers);
  }

  @Override
  public Answer get(String key) {
    return Answer.value(group.get(key, Sinks.string()));
  }

  @Override
  public long peerErrors() {
    return group.stats().peerErrors();
  }

  @Override
  public String url() {
    return "none";
  }

  @Override
  public String incarnation() {
    return "client";
  }

  @Override
  public Map<String, Map<String, Integer>> getterRuns() {
    return Map.of(incarnation(), Map.copyOf(runs));
  }

  @Override
  public boolean hasLoaded(String key) {
    return runs.containsKey(key);
  }

  @Override
  public void close() {
    connections.close();
  }

  @Override
  public String toString() {
    return "a client";
  }
}
