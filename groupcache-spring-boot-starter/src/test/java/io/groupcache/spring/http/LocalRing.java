package io.groupcache.spring.http;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.Sink;
import io.groupcache.spring.ring.AppRing;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A ring of peers in this JVM, on real ports, with a group {@code g} whose getter a test gives. */
final class LocalRing implements AutoCloseable {

  private final AppRing apps;

  private LocalRing(AppRing apps) {
    this.apps = apps;
  }

  /** Starts so many peers, each with those properties. */
  static LocalRing start(int count, Loader loader, String... properties) {
    LocalRing ring = new LocalRing(AppRing.start(count, App.class, properties));
    for (int i = 0; i < count; i++) {
      int peer = i;
      ring.apps.peers().get(peer).bean(Script.class).getter =
          (context, key, dest) -> dest.setString(loader.load(ring, peer, key));
    }
    return ring;
  }

  /** The group at a peer. */
  Group group(int peer) {
    return apps.group(peer, "g");
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
    return apps.keysOf(owner, prefix);
  }

  @Override
  public void close() {
    apps.close();
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
