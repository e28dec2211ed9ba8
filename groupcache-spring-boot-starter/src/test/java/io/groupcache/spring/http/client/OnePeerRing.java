package io.groupcache.spring.http.client;

import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import java.util.List;

/** A group whose every key is owned by one peer, as somebody sees it who owns nothing. */
final class OnePeerRing implements AutoCloseable {

  final PeerConnections connections;
  final Group group;
  final HttpPool pool;

  OnePeerRing(String url, PeerConnectionSettings settings) {
    this(url, settings, "g", 1 << 20);
  }

  OnePeerRing(String url, PeerConnectionSettings settings, String name, int cacheBytes) {
    connections =
        new PeerConnections(settings, SharedSecret.none(), null, List.of(), ProcessId.random());
    pool = new HttpPool(null, 50, HashFunction.crc32(), connections);
    pool.set(url);
    group =
        new GroupCache(pool)
            .newGroup(name, cacheBytes, (context, key, dest) -> dest.setString("local " + key));
  }

  @Override
  public void close() {
    connections.close();
  }
}
