package io.groupcache.spring.ring;

import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.HttpPool;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Applications in this JVM, with real servers, that are each other's peers. */
public final class AppRing implements AutoCloseable {

  private final Class<?> configuration;
  private final List<String> properties;
  private final List<String> urls;
  private final List<RunningApp> peers = new ArrayList<>();

  private AppRing(Class<?> configuration, List<String> properties, List<String> urls) {
    this.configuration = configuration;
    this.properties = properties;
    this.urls = urls;
  }

  /** Starts so many applications of that configuration class, each with those properties. */
  public static AppRing start(int count, Class<?> configuration, String... properties) {
    AppRing ring =
        new AppRing(
            configuration,
            List.of(properties),
            FreePorts.stable(count).stream().map(port -> "http://127.0.0.1:" + port).toList());
    ring.urls.forEach(url -> ring.peers.add(ring.start(url)));
    return ring;
  }

  /** Stops a peer, and starts another process, as it were, in its place. */
  public void restart(int peer) {
    peers.get(peer).close();
    peers.set(peer, start(urls.get(peer)));
  }

  private RunningApp start(String url) {
    List<String> all = new ArrayList<>(properties);
    all.add("server.port=" + url.substring(url.lastIndexOf(':') + 1));
    all.add("groupcache.self=" + url);
    all.add("groupcache.peers=" + String.join(",", urls));
    return RunningApp.start(configuration, all.toArray(String[]::new));
  }

  /** All peers, in the order in which they were started. */
  public List<RunningApp> peers() {
    return List.copyOf(peers);
  }

  /** A group at a peer. */
  public Group group(int peer, String name) {
    return peers.get(peer).bean(GroupCache.class).group(name);
  }

  /** What a counter of a group says at a peer. */
  public double meter(int peer, String name, String group) {
    return peers
        .get(peer)
        .bean(MeterRegistry.class)
        .get(name)
        .tag("group", group)
        .functionCounter()
        .count();
  }

  /** Keys that a peer owns, with that beginning, endlessly. */
  public Stream<String> keysOf(int owner, String prefix) {
    HttpPool pool = peers.get(owner).bean(HttpPool.class);
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> prefix + "-" + i)
        .filter(key -> pool.owner(key).orElseThrow().equals(urls.get(owner)));
  }

  @Override
  public void close() {
    peers.forEach(RunningApp::close);
  }
}
