package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.ByteView;
import io.groupcache.GetAllResult;
import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.LoadException;
import io.groupcache.Source;
import io.groupcache.spring.RunningApp;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A limit on values is about the value, for who gives it and for who asks for it. */
@Timeout(60)
class ValueLimitTests {

  private final RunningApp owner =
      RunningApp.start(
          App.class,
          "groupcache.max-value-bytes=2001B",
          "groupcache.security.expose-messages=always");
  private final RunningApp asker =
      RunningApp.start(App.class, "groupcache.client.max-response-size=2000B");

  @AfterEach
  void stop() {
    asker.close();
    owner.close();
  }

  @Test
  void aValueOfTheGreatestSizeComesFromThePeer() {
    assertThat(sourceOf("2000")).isEqualTo(Source.PEER);
  }

  @Test
  void aValueOfOneByteMoreDoesNot() {
    assertThat(sourceOf("2001")).isEqualTo(Source.LOAD);
    assertThat(asker.bean(HttpPool.class).state(owner.url())).isEqualTo(PeerState.UP);
  }

  @Test
  void theSameHoldsForManyKeys() {
    Group blobs = blobs();

    GetAllResult all = blobs.getAll(List.of("1999", "2000", "2001"));

    assertThat(all.values()).extracting(ByteView::length).containsExactly(1999, 2000, 2001);
    assertThat(blobs.stats().loadsPeer()).isEqualTo(2);
    assertThat(blobs.stats().loadsLocal()).isEqualTo(1);
  }

  @Test
  void whatTheOwnersGetterMayNotGiveIsItsFailure() {
    assertThatThrownBy(() -> blobs().get("2002"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("groupcache.max-value-bytes");
  }

  private Source sourceOf(String key) {
    return blobs().getResult(GetContext.background(), key).source();
  }

  private Group blobs() {
    asker.bean(HttpPool.class).set(owner.url());
    return asker.bean(GroupCache.class).group("blobs");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    /** The values of as many bytes as their keys say. */
    @Bean
    Getter blobs() {
      return (context, key, dest) -> dest.setBytes(new byte[Integer.parseInt(key)]);
    }
  }
}
