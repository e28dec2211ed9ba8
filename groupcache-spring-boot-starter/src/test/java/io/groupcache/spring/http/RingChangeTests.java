package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Source;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.server.GatedApp;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RingChangeTests {

  @Test
  void aRequestThatIsUnderWayIsNotDisturbed() throws Exception {
    try (RunningApp owner = RunningApp.start(GatedApp.class);
        RunningApp client = RunningApp.start(GatedApp.class)) {
      HttpPool pool = client.bean(HttpPool.class);
      pool.set(owner.url());
      Group gated = client.bean(GroupCache.class).group("gated");
      CompletableFuture<GetResult> get =
          Threads.supply(() -> gated.getResult(GetContext.background(), "k"));
      owner.bean(GatedApp.Gate.class).awaitLoads(1);

      pool.set();
      owner.bean(GatedApp.Gate.class).open();

      GetResult result = get.get(10, TimeUnit.SECONDS);
      assertThat(result.source()).isEqualTo(Source.PEER);
      assertThat(result.value().utf8()).isEqualTo("k");
      assertThat(gated.stats().peerErrors()).isZero();
    }
  }
}
