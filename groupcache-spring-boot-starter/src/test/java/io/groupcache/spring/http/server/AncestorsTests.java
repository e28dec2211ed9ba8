package io.groupcache.spring.http.server;

import static io.groupcache.spring.http.server.PeerAsker.message;
import static io.groupcache.spring.http.server.PeerAsker.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.server.GatedApp.Gate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The loads that wait for one key say nothing of the other keys of the same request: here each of
 * two keys has the other as its ancestor, which is a circle only if the two are thrown together.
 */
@Timeout(60)
class AncestorsTests {

  private static final Map<String, List<String>> OF_EACH_OTHER = new LinkedHashMap<>();

  static {
    OF_EACH_OTHER.put("slow a", List.of("mixed/slow b"));
    OF_EACH_OTHER.put("slow b", List.of("mixed/slow a"));
  }

  private RunningApp app;
  private Gate gate;

  @BeforeEach
  void start() {
    app = RunningApp.start(MixedApp.class);
    gate = app.bean(Gate.class);
  }

  @AfterEach
  void stop() {
    gate.open();
    app.close();
  }

  @Test
  void inAQuestionTheyAreThoseOfTheirKey() throws Exception {
    try (RawHttp connection = new RawHttp(app.port());
        PeerAsker asker = new PeerAsker(app)) {
      List<KeyResponse> told =
          message(connection.send(PeerPosts.question("mixed", 1, OF_EACH_OTHER))).getKeyList();

      assertThat(told).hasSize(2).allMatch(KeyResponse::hasLoading);
      assertThatBothAreLoaded(asker, told.stream().map(KeyResponse::getLoading).toList());
    }
  }

  @Test
  void inAWaitTheyAreThoseOfTheirLoad() throws Exception {
    try (RawHttp connection = new RawHttp(app.port());
        PeerAsker asker = new PeerAsker(app)) {
      List<Long> named = asker.load("mixed", "slow a", "slow b");
      Map<Long, List<String>> ancestors = new LinkedHashMap<>();
      ancestors.put(named.get(0), List.of("mixed/slow b"));
      ancestors.put(named.get(1), List.of("mixed/slow a"));
      long process = app.bean(PeerController.class).processId().value();

      String wait = PeerPosts.wait(1, "", process, ancestors);

      assertThat(message(connection.send(wait)).getKeyList()).isEmpty();
      assertThatBothAreLoaded(asker, named);
    }
  }

  private void assertThatBothAreLoaded(PeerAsker asker, List<Long> named) throws Exception {
    Group group = app.bean(GroupCache.class).group("mixed");
    gate.awaitLoads(2);
    gate.open();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !group.isLoading("slow a") && !group.isLoading("slow b"));
    assertThat(asker.await(named).getKeyList())
        .containsExactlyInAnyOrder(value(0, "slow a"), value(1, "slow b"));
  }
}
