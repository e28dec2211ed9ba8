package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Source;
import io.groupcache.spring.RunningApp;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
class RingChangeTests {

  @Test
  void aRequestThatIsUnderWayIsNotDisturbed() throws Exception {
    try (RunningApp owner = RunningApp.start(App.class);
        RunningApp client = RunningApp.start(App.class)) {
      HttpPool pool = client.bean(HttpPool.class);
      pool.set(owner.url());
      Group slow = client.bean(GroupCache.class).group("slow");
      CompletableFuture<GetResult> get =
          CompletableFuture.supplyAsync(() -> slow.getResult(GetContext.background(), "k"));
      assertThat(owner.bean(Gate.class).entered.await(10, TimeUnit.SECONDS)).isTrue();

      pool.set();
      owner.bean(Gate.class).open.countDown();

      GetResult result = get.get(10, TimeUnit.SECONDS);
      assertThat(result.source()).isEqualTo(Source.PEER);
      assertThat(result.value().utf8()).isEqualTo("k");
      assertThat(slow.stats().peerErrors()).isZero();
    }
  }

  static class Gate {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Gate gate() {
      return new Gate();
    }

    @Bean
    Getter slow(Gate gate) {
      return (context, key, dest) -> {
        gate.entered.countDown();
        assertThat(gate.open.await(10, TimeUnit.SECONDS)).isTrue();
        dest.setString(key);
      };
    }
  }
}
