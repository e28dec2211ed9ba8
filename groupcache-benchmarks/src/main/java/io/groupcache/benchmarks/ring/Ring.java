package io.groupcache.benchmarks.ring;

import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.PromotionPolicy;
import io.groupcache.benchmarks.process.FreePort;
import io.groupcache.spring.http.HttpPool;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;

/** Peers in this process, each an application as a user has it, on the application's port. */
final class Ring implements AutoCloseable {

  /** The group that each peer has. */
  static final String GROUP = "values";

  private final List<ConfigurableApplicationContext> peers = new ArrayList<>();

  /** Starts so many, which share the getter and keep only what they own. */
  static Ring start(int size, Getter getter, String... settings) {
    return start(size, (key, response) -> false, getter, settings);
  }

  /** Starts so many, which share the getter, and keep of what they get from others what is said. */
  static Ring start(int size, PromotionPolicy promotion, Getter getter, String... settings) {
    List<String> urls =
        IntStream.range(0, size).mapToObj(i -> "http://127.0.0.1:" + FreePort.find()).toList();
    Ring ring = new Ring();
    try {
      for (String url : urls) {
        ring.peers.add(startPeer(url, urls, promotion, getter, settings));
      }
      return ring;
    } catch (RuntimeException e) {
      ring.close();
      throw e;
    }
  }

  /** The group of one of the peers. */
  Group group(int peer) {
    return peers.get(peer).getBean(GroupCache.class).group(GROUP);
  }

  /** Where a peer listens. */
  String url(int peer) {
    return pool(peer).self().orElseThrow();
  }

  /** Keys that one of the peers owns. */
  List<String> keysOf(int owner, String prefix, int count) {
    String url = url(owner);
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> prefix + i)
        .filter(key -> pool(owner).owner(key).filter(url::equals).isPresent())
        .limit(count)
        .toList();
  }

  @Override
  public void close() {
    peers.forEach(ConfigurableApplicationContext::close);
  }

  private HttpPool pool(int peer) {
    return peers.get(peer).getBean(HttpPool.class);
  }

  private static ConfigurableApplicationContext startPeer(
      String url, List<String> urls, PromotionPolicy promotion, Getter getter, String... settings) {
    return new SpringApplicationBuilder(Peer.class)
        .initializers((GenericApplicationContext context) -> {
          context.registerBean(GROUP, Getter.class, () -> getter);
          context.registerBean(PromotionPolicy.class, () -> promotion);
        })
        .properties(
            "server.address=127.0.0.1",
            "server.port=" + url.substring(url.lastIndexOf(':') + 1),
            "groupcache.self=" + url,
            "groupcache.peers=" + String.join(",", urls),
            "spring.main.banner-mode=off",
            "logging.threshold.console=off", // the output is for the table
            "logging.file.name=target/logs/ring.log")
        .properties(settings)
        .run();
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Peer {

    @Bean
    ValueController valueController(GroupCache groupCache) {
      return new ValueController(groupCache.group(GROUP));
    }
  }
}
