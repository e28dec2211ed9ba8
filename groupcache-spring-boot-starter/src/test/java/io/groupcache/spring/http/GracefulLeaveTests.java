package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Source;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.RunningApp;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A peer that shuts down while it is asked, and asks. */
@Timeout(60)
class GracefulLeaveTests {

  @Test
  void itOwnsNothingBeforeItsServerBeginsToStop() {
    HttpPool pool =
        new HttpPool(
            "http://a:1",
            50,
            HashFunction.crc32(),
            peer -> (context, request) -> GetResponse.getDefaultInstance());
    pool.set("http://a:1", "http://b:1");
    GracefulLeave lifecycle = new GracefulLeave(pool);
    lifecycle.start();
    assertThat(pool.peers()).containsExactly("http://a:1", "http://b:1");

    lifecycle.stop();

    assertThat(pool.peers()).containsExactly("http://b:1");
    assertThat(lifecycle.getPhase())
        .isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
  }

  @Test
  void whatIsUnderWayIsFinished() throws Exception {
    RunningApp leaver = RunningApp.start(App.class);
    try (RunningApp other = RunningApp.start(App.class)) {
      pool(other).set(leaver.url());
      CompletableFuture<Source> get = CompletableFuture.supplyAsync(() -> source(other, "wait"));
      assertThat(leaver.bean(Gate.class).entered.await(20, TimeUnit.SECONDS)).isTrue();
      Gate gate = leaver.bean(Gate.class);

      CompletableFuture<Void> shutdown = CompletableFuture.runAsync(leaver::close);
      gate.open.countDown();

      assertThat(get.get(30, TimeUnit.SECONDS)).isEqualTo(Source.PEER);
      shutdown.get(30, TimeUnit.SECONDS);
      assertThat(source(other, "afterwards")).isEqualTo(Source.LOAD);
    }
  }

  private static HttpPool pool(RunningApp app) {
    return app.bean(HttpPool.class);
  }

  private static Source source(RunningApp app, String key) {
    Group group = app.bean(GroupCache.class).group("values");
    return group.getResult(GetContext.background(), key).source();
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
    Getter values(Gate gate) {
      return (context, key, dest) -> {
        if (key.equals("wait")) {
          gate.entered.countDown();
          assertThat(gate.open.await(30, TimeUnit.SECONDS)).isTrue();
        }
        dest.setString(key);
      };
    }
  }
}
