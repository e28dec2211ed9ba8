package io.groupcache.spring.http.server;

import static io.groupcache.spring.http.server.PeerAsker.unknown;
import static io.groupcache.spring.http.server.PeerAsker.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.server.GatedApp.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real server answers to a wait for loads that it has named. */
@Timeout(60)
class WaitTests {

  private static RunningApp app;
  private static Gate gate;

  @BeforeAll
  static void start() {
    app = RunningApp.start(MixedApp.class, "groupcache.groups.uncached.cache-bytes=0B");
    gate = app.bean(Gate.class);
  }

  @AfterAll
  static void stop() {
    gate.open();
    app.close();
  }

  @AfterEach
  void loadsWaitAgain() {
    gate.open();
    gate.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed", "uncached"})
  void whateverALoadComesToIsKeptUntilItIsFetchedOnce(String name) throws Exception {
    Group group = app.bean(GroupCache.class).group(name);
    long loads = group.stats().loads();
    try (PeerAsker asker = new PeerAsker(app)) {
      List<Long> named = asker.load(name, "slow", "slow missing", "slow broken");
      gate.awaitLoads(3);
      gate.open();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !group.isLoading("slow") && !group.isLoading("slow broken"));

      List<KeyResponse> told = asker.await(named).getKeyList();

      assertThat(told).hasSize(3).contains(value(0, "slow"));
      assertThat(told)
          .filteredOn(KeyResponse::hasError)
          .extracting(response -> response.getIndex() + " " + response.getError())
          .containsExactlyInAnyOrder("1 key-not-found", "2 load-failed");
      assertThat(asker.await(named).getKeyList())
          .containsExactlyInAnyOrder(unknown(0), unknown(1), unknown(2));
      assertThat(group.stats().loads()).isEqualTo(loads + 3);
    }
  }

  @Test
  void whatComesLaterIsWaitedForAgain() throws Exception {
    try (PeerAsker asker = new PeerAsker(app)) {
      List<Long> named = asker.load("mixed", "slow later");

      assertThat(asker.await(named).getKeyList()).isEmpty();
      asker.beginToAwait(named);
      gate.open();
      assertThat(asker.readAnswer().getKeyList()).containsExactly(value(0, "slow later"));
    }
  }

  @Test
  void whatIsNotKnownIsSaidAtOnceBesideWhatLoads() throws IOException {
    try (PeerAsker asker = new PeerAsker(app)) {
      List<Long> named = asker.load("mixed", "slow known");

      assertThat(asker.await(List.of(1L << 40, named.get(0))).getKeyList())
          .containsExactly(unknown(0));
    }
  }

  @Test
  void theLoadsOfAnotherProcessAreNotKnown() throws IOException {
    try (PeerAsker asker = new PeerAsker(app);
        RawHttp connection = new RawHttp(app.port())) {
      List<Long> named = asker.load("mixed", "slow restarted");
      long another = app.bean(PeerController.class).processId().value() + 1;

      assertThat(
              PeerAsker.message(connection.send(PeerPosts.wait(1, "", another, named)))
                  .getKeyList())
          .containsExactly(unknown(0));
    }
  }

  @Test
  void aWaitThatAnotherReplacesIsAnsweredAtOnceAndEmpty() throws IOException {
    try (PeerAsker one = new PeerAsker(app);
        PeerAsker other = new PeerAsker(app)) {
      List<Long> named = one.load("mixed", "slow replaced");
      PeerAsker[] turns = {one, other};
      turns[0].beginToAwait(named);
      long start = System.nanoTime();
      int count = 40; // which would be held for as many seconds
      for (int i = 1; i <= count; i++) {
        turns[i % 2].beginToAwait(named);
        assertThat(turns[(i - 1) % 2].readAnswer().getKeyList()).isEmpty();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(Duration.ofSeconds(count / 2));

      gate.open();
      assertThat(turns[count % 2].readAnswer().getKeyList())
          .containsExactly(value(0, "slow replaced"));
    }
  }

  @Test
  void eachAskerHasAWaitOfItsOwn() throws IOException {
    try (PeerAsker one = new PeerAsker(app, 1, "");
        PeerAsker other = new PeerAsker(app, 2, "")) {
      one.beginToAwait(one.load("uncached", "slow shared"));
      other.beginToAwait(other.load("uncached", "slow shared"));
      gate.open();

      assertThat(one.readAnswer().getKeyList()).containsExactly(value(0, "slow shared"));
      assertThat(other.readAnswer().getKeyList()).containsExactly(value(0, "slow shared"));
    }
  }

  @Test
  void whatDoesNotFitIntoTheAnswerToAWaitIsFetchedByTheNext() throws Exception {
    Group group = app.bean(GroupCache.class).group("uncached");
    String[] keys = {"slow large 1", "slow large 2", "slow large 3"};
    try (PeerAsker asker = new PeerAsker(app)) {
      List<Long> named = asker.load("uncached", keys);
      gate.open();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> List.of(keys).stream().noneMatch(group::isLoading));

      List<KeyResponse> first = asker.await(named).getKeyList();
      assertThat(first).hasSize(2).allMatch(KeyResponse::hasResponse);
      int rest = 3 - first.get(0).getIndex() - first.get(1).getIndex();
      assertThat(asker.await(List.of(named.get(rest))).getKeyList())
          .singleElement()
          .matches(KeyResponse::hasResponse);
    }
  }
}
