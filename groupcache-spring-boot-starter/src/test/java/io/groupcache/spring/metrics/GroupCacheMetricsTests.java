package io.groupcache.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.groupcache.ByteView;
import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.GroupOptions;
import io.groupcache.KeyNotFoundException;
import io.groupcache.PromotionPolicy;
import io.groupcache.Sink;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.HttpPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every meter of the contract, as {@code /actuator/metrics} of a running application shows it. */
@Timeout(60)
class GroupCacheMetricsTests {

  private static final String ACTUATOR = "management.endpoints.web.exposure.include=metrics";

  private RunningApp app;
  private RunningApp peer;

  @BeforeEach
  void start() {
    app = RunningApp.start(App.class, ACTUATOR);
    peer = RunningApp.start(App.class, ACTUATOR);
  }

  @AfterEach
  void stop() {
    app.close();
    peer.close();
  }

  @Test
  void aFreshGroupHasAllMetersAtZero() throws IOException {
    for (String name :
        List.of(
            "gets",
            "hits",
            "loads",
            "loads.deduped",
            "loads.local",
            "loads.local.errors",
            "loads.peer",
            "peer.errors",
            "server.requests",
            "removals",
            "sets",
            "expirations",
            "refreshes",
            "refreshes.errors",
            "stale",
            "not.found",
            "decode.errors")) {
      assertThat(value(app, "groupcache." + name, "group:tiles")).as(name).isZero();
    }
    for (String name : List.of("bytes", "items", "gets", "hits", "evictions")) {
      assertThat(value(app, "groupcache.cache." + name, "group:tiles", "cache:main")).isZero();
      assertThat(value(app, "groupcache.cache." + name, "group:tiles", "cache:hot")).isZero();
    }
    assertThat(value(app, "groupcache.peers")).isEqualTo(1);
  }

  @Test
  void hitsAndLocalLoadsAreCounted() throws IOException {
    Group tiles = app.bean(GroupCache.class).group("tiles");
    tiles.get("testkey");
    tiles.get("testkey");
    tiles.get("testkey");
    assertThatExceptionOfType(KeyNotFoundException.class).isThrownBy(() -> tiles.get("missing"));

    assertThat(value(app, "groupcache.gets", "group:tiles")).isEqualTo(4);
    assertThat(value(app, "groupcache.hits", "group:tiles")).isEqualTo(2);
    assertThat(value(app, "groupcache.loads", "group:tiles")).isEqualTo(2);
    assertThat(value(app, "groupcache.loads.deduped", "group:tiles")).isEqualTo(2);
    assertThat(value(app, "groupcache.loads.local", "group:tiles")).isEqualTo(1);
    assertThat(value(app, "groupcache.loads.local.errors", "group:tiles")).isEqualTo(1);
    assertThat(value(app, "groupcache.cache.items", "group:tiles", "cache:main")).isEqualTo(1);
    assertThat(value(app, "groupcache.cache.bytes", "group:tiles", "cache:main")).isEqualTo(14);
    assertThat(value(app, "groupcache.cache.gets", "group:tiles", "cache:main")).isEqualTo(4);
    assertThat(value(app, "groupcache.cache.hits", "group:tiles", "cache:main")).isEqualTo(2);
    assertThat(value(app, "groupcache.cache.gets", "group:tiles", "cache:hot")).isEqualTo(2);
    assertThat(value(app, "groupcache.cache.hits", "group:tiles", "cache:hot")).isZero();
  }

  @Test
  void valuesFromAPeerAreCountedOnBothSides() throws IOException {
    app.bean(HttpPool.class).set(peer.url());
    Group tiles = app.bean(GroupCache.class).group("tiles");
    tiles.get("testkey"); // mirrored: the application's policy keeps everything
    tiles.get("testkey");

    assertThat(value(app, "groupcache.loads.peer", "group:tiles")).isEqualTo(1);
    assertThat(value(app, "groupcache.loads.local", "group:tiles")).isZero();
    assertThat(value(app, "groupcache.cache.items", "group:tiles", "cache:hot")).isEqualTo(1);
    assertThat(value(app, "groupcache.cache.bytes", "group:tiles", "cache:hot")).isEqualTo(14);
    assertThat(value(app, "groupcache.cache.gets", "group:tiles", "cache:hot")).isEqualTo(2);
    assertThat(value(app, "groupcache.cache.hits", "group:tiles", "cache:hot")).isEqualTo(1);
    assertThat(value(peer, "groupcache.server.requests", "group:tiles")).isEqualTo(1);
    assertThat(value(peer, "groupcache.gets", "group:tiles")).isEqualTo(1);
    assertThat(value(peer, "groupcache.loads.local", "group:tiles")).isEqualTo(1);
    assertThat(value(app, "groupcache.peers")).isEqualTo(1);
  }

  @Test
  void peerErrorsAreCounted() throws IOException {
    String gone = peer.url();
    peer.close();
    app.bean(HttpPool.class).set(gone, "http://127.0.0.1:1");
    app.bean(GroupCache.class).group("tiles").get("testkey");

    // The owner, and the one that stands in for it.
    assertThat(value(app, "groupcache.peer.errors", "group:tiles")).isEqualTo(2);
    assertThat(value(app, "groupcache.loads.local", "group:tiles")).isEqualTo(1);
    assertThat(value(app, "groupcache.peers")).isEqualTo(2);
  }

  @Test
  void thatAPeerIsDownIsSeen() throws IOException {
    String gone = peer.url();
    app.bean(HttpPool.class).set(gone);
    assertThat(value(app, "groupcache.peer.state", "peer:" + gone)).isZero();

    peer.close();
    for (int i = 0; i < 4; i++) {
      app.bean(GroupCache.class).group("tiles").get("k" + i);
    }
    assertThat(value(app, "groupcache.peer.state", "peer:" + gone)).isEqualTo(2);

    app.bean(HttpPool.class).set("http://127.0.0.1:1");
    assertThat(value(app, "groupcache.peer.state", "peer:http://127.0.0.1:1")).isZero();
  }

  @Test
  void changesOfValuesAreCounted() throws IOException {
    Group tiles = app.bean(GroupCache.class).group("tiles");
    tiles.removeAll(List.of("a", "b"));
    tiles.clear();
    tiles.set("a", ByteView.of("b"));

    assertThat(value(app, "groupcache.removals", "group:tiles")).isEqualTo(3);
    assertThat(value(app, "groupcache.sets", "group:tiles")).isEqualTo(1);
  }

  @Test
  void valuesWhoseTimeIsUpAreCounted() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    Group timed =
        app.bean(GroupCache.class)
            .newGroup(
                "timed",
                GroupOptions.ofCacheBytes(1000)
                    .withTimeToLive(Duration.ofNanos(1))
                    .withStaleIfError(Duration.ofHours(1))
                    .withNotFoundTimeToLive(Duration.ofHours(1)),
                (context, key, dest) -> {
                  if (calls.incrementAndGet() == 2) {
                    throw new IOException("the disk is full");
                  }
                  App.load(context, key, dest);
                });
    timed.get("testkey"); // loaded
    timed.get("testkey"); // stale
    timed.get("testkey"); // loaded
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(KeyNotFoundException.class).isThrownBy(() -> timed.get("missing"));
    }

    assertThat(value(app, "groupcache.stale", "group:timed")).isEqualTo(1);
    assertThat(value(app, "groupcache.expirations", "group:timed")).isPositive();
    assertThat(value(app, "groupcache.not.found", "group:timed")).isEqualTo(2);
  }

  @Test
  void refreshesAreCounted() throws IOException {
    Set<String> loaded = ConcurrentHashMap.newKeySet();
    Group refreshed =
        app.bean(GroupCache.class)
            .newGroup(
                "refreshed",
                GroupOptions.ofCacheBytes(1000).withRefreshAfter(Duration.ofNanos(1)),
                (context, key, dest) -> {
                  if (!loaded.add(key) && key.equals("failing")) {
                    throw new IOException("the disk is full");
                  }
                  dest.setString(key);
                });
    for (String key : List.of("good", "failing")) {
      refreshed.get(key); // loaded
      refreshed.get(key); // answered at once, and loaded anew
    }
    await().until(() -> refreshed.stats().refreshes() > 0 && refreshed.stats().refreshErrors() > 0);

    assertThat(value(app, "groupcache.refreshes", "group:refreshed")).isEqualTo(1);
    assertThat(value(app, "groupcache.refreshes.errors", "group:refreshed")).isEqualTo(1);
  }

  @Test
  void changesThatAPeerHasNotHeardOfAreSeen() throws IOException {
    String gone = "http://127.0.0.1:1";
    app.bean(HttpPool.class).set(gone);
    Group tiles = app.bean(GroupCache.class).group("tiles");
    tiles.remove("a");
    tiles.remove("b");
    assertThat(value(app, "groupcache.removals.pending", "peer:" + gone)).isEqualTo(2);

    app.bean(HttpPool.class).set("http://127.0.0.1:2");
    assertThat(value(app, "groupcache.removals.pending", "peer:http://127.0.0.1:2")).isEqualTo(2);
    assertThat(status("/actuator/metrics/groupcache.removals.pending?tag=peer:" + gone))
        .isEqualTo(404);
  }

  @Test
  void evictionsAreCounted() throws IOException {
    Group small = app.bean(GroupCache.class).newGroup("small", 100, App::load);
    IntStream.range(10, 30).forEach(i -> small.get("key" + i)); // 12 bytes each

    assertThat(value(app, "groupcache.cache.items", "group:small", "cache:main")).isEqualTo(8);
    assertThat(value(app, "groupcache.cache.bytes", "group:small", "cache:main")).isEqualTo(96);
    assertThat(value(app, "groupcache.cache.evictions", "group:small", "cache:main")).isEqualTo(12);
    assertThat(value(app, "groupcache.cache.evictions", "group:small", "cache:hot")).isZero();
  }

  private int status(String path) throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      return connection.get(path).status();
    }
  }

  private static double value(RunningApp app, String meter, String... tags) throws IOException {
    String query = tags.length == 0 ? "" : "?tag=" + String.join("&tag=", tags);
    try (RawHttp connection = new RawHttp(app.port())) {
      RawHttp.Answer answer = connection.get("/actuator/metrics/" + meter + query);
      assertThat(answer.status()).as(meter).isEqualTo(200);
      JsonNode measurements = JsonMapper.shared().readTree(answer.text()).get("measurements");
      assertThat(measurements).hasSize(1);
      return measurements.get(0).get("value").asDouble();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter tiles() {
      return App::load;
    }

    @Bean
    PromotionPolicy always() {
      return (key, response) -> true;
    }

    private static void load(GetContext context, String key, Sink dest) {
      if (key.equals("missing")) {
        throw new KeyNotFoundException(key);
      }
      dest.setString("testval");
    }
  }
}
