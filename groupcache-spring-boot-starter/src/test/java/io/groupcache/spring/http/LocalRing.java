package io.groupcache.spring.http;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Sink;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.ring.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A ring of peers in this JVM, on real ports, with a group {@code g} whose getter a test gives. */
final class LocalRing implements AutoCloseable {

  private final List<String> urls;
  private final List<RunningApp> peers = new ArrayList<>();

  private LocalRing(List<String> urls) {
    this.urls = urls;
  }

  /** Starts so many peers, each with those properties. */
  static LocalRing start(int count, Loader loader, String... properties) {
    LocalRing ring =
        new LocalRing(
            FreePorts.stable(count).stream().map(port -> "http://127.0.0.1:" + port).toList());
    for (String url : ring.urls) {
      List<String> all = new ArrayList<>(List.of(properties));
      all.add("server.port=" + url.substring(url.lastIndexOf(':') + 1));
      all.add("groupcache.self=" + url);
      all.add("groupcache.peers=" + String.join(",", ring.urls));
      RunningApp peer = RunningApp.start(App.class, all.toArray(String[]::new));
      ring.peers.add(peer);
      int number = ring.peers.size() - 1;
      peer.bean(Script.class).getter =
          (context, key, dest) -> dest.setString(loader.load(ring, number, key));
    }
    return ring;
  }

  /** The group at a peer. */
  Group group(int peer) {
    return peers.get(peer).bean(GroupCache.class).group("g");
  }

  /** The value of a key at a peer. */
  String get(int peer, String key) {
    return group(peer).get(key).utf8();
  }

  /** A key that a peer owns, with that beginning. */
  String keyOf(int owner, String prefix) {
    return keysOf(owner, prefix).findFirst().orElseThrow();
  }

  /** Keys that a peer owns, with that beginning, endlessly. */
  Stream<String> keysOf(int owner, String prefix) {
    HttpPool pool = peers.get(owner).bean(HttpPool.class);
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> prefix + "-" + i)
        .filter(key -> pool.owner(key).orElseThrow().equals(urls.get(owner)));
  }

  @Override
  public void close() {
    peers.forEach(RunningApp::close);
  }

  /** What a peer's getter does. */
  @FunctionalInterface
  interface Loader {
    String load(LocalRing ring, int peer, String key) throws Exception;
  }

  static final class Script implements Getter {

    private volatile @Nullable Getter getter;

    @Override
    public void get(GetContext context, String key, Sink dest) throws Exception {
      Objects.requireNonNull(getter).get(context, key, dest);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Script g() {
      return new Script();
    }
  }
}
