package io.groupcache.spring.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.ByteView;
import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Source;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.http.HttpPool;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Two releases of an application, whose values of a group can't be read by each other. */
@Timeout(60)
class GroupVersionTests {

  private static RunningApp owner;

  @BeforeAll
  static void start() {
    owner = RunningApp.start(App.class, "release=new", "groupcache.groups.products.version=2");
  }

  @AfterAll
  static void stop() {
    owner.close();
  }

  @Test
  void betweenPeersAGroupHasItsVersion() throws IOException {
    try (RawHttp http = new RawHttp(owner.port())) {
      assertThat(http.get("/_groupcache/products%402/42").text()).contains("new 42");
      assertThat(http.get("/_groupcache/products/42").error()).isEqualTo("no-such-group");
    }
    assertThat(owner.bean(GroupCache.class).group("products").name()).isEqualTo("products");
  }

  @Test
  void aPeerOfTheSameVersionReadsItsValues() {
    try (RunningApp peer =
        RunningApp.start(App.class, "release=new", "groupcache.groups.products.version=2")) {
      Group products = productsAsking(peer);

      assertThat(products.getResult(GetContext.background(), "1").source()).isEqualTo(Source.PEER);
    }
  }

  @Test
  void aPeerOfAnotherVersionLoadsItself() {
    try (RunningApp peer = RunningApp.start(App.class, "release=old")) {
      Group products = productsAsking(peer);

      assertThat(products.get("2").utf8()).isEqualTo("old 2");
      assertThat(products.getAll(List.of("3", "4")).values())
          .extracting(ByteView::utf8)
          .containsExactly("old 3", "old 4");
    }
  }

  @Test
  void whatCantBeAVersionStopsTheStart() {
    assertThatThrownBy(() ->
            RunningApp.start(App.class, "release=x", "groupcache.groups.products.version=1/2"))
        .hasRootCauseInstanceOf(GroupCacheConfigurationException.class)
        .rootCause()
        .hasMessageContaining("groupcache.groups.products.version");
  }

  private static Group productsAsking(RunningApp peer) {
    peer.bean(HttpPool.class).set(owner.url());
    return peer.bean(GroupCache.class).group("products");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter products(@Value("${release}") String release) {
      return (context, key, dest) -> dest.setString(release + " " + key);
    }
  }
}
