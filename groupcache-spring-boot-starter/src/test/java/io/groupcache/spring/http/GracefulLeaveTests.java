package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Source;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.server.GatedApp;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

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
    GracefulLeave lifecycle =
        new GracefulLeave(pool, new StaticListableBeanFactory().getBeanProvider(GroupCache.class));
    lifecycle.start();
    assertThat(pool.peers()).containsExactly("http://a:1", "http://b:1");

    lifecycle.stop();

    assertThat(pool.peers()).containsExactly("http://b:1");
    assertThat(lifecycle.getPhase())
        .isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
  }

  @Test
  void whatIsUnderWayIsFinished() throws Exception {
    RunningApp leaver = RunningApp.start(GatedApp.class);
    try (RunningApp other = RunningApp.start(GatedApp.class)) {
      other.bean(GatedApp.Gate.class).open();
      pool(other).set(leaver.url());
      CompletableFuture<Source> get = Threads.supply(() -> source(other, "k"));
      GatedApp.Gate gate = leaver.bean(GatedApp.Gate.class);
      gate.awaitLoads(1);

      CompletableFuture<Void> shutdown = Threads.run(leaver::close);
      gate.open();

      assertThat(get.get(30, TimeUnit.SECONDS)).isEqualTo(Source.PEER);
      shutdown.get(30, TimeUnit.SECONDS);
      assertThat(source(other, "afterwards")).isEqualTo(Source.LOAD);
    }
  }

  private static HttpPool pool(RunningApp app) {
    return app.bean(HttpPool.class);
  }

  private static Source source(RunningApp app, String key) {
    Group group = app.bean(GroupCache.class).group("gated");
    return group.getResult(GetContext.background(), key).source();
  }
}
