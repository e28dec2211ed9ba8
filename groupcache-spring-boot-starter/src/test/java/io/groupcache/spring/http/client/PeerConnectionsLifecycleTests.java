package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.Source;
import io.groupcache.spring.autoconfigure.GroupCacheAutoConfiguration;
import io.groupcache.spring.http.HttpPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

/** An application that stops for a while, or pauses. */
@Timeout(60)
class PeerConnectionsLifecycleTests {

  private static final String SELF = "http://self:1";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(GroupCacheAutoConfiguration.class))
          .withBean("echo", Getter.class, () -> (context, key, dest) -> dest.setString(key));

  @Test
  void oneThatHasStoppedHasNoConnectionOpen() throws Exception {
    inARing((context, peer) -> {
      context.getSourceApplicationContext().stop();
      peer.awaitClosed();
    });
  }

  @Test
  void oneThatPausesHasNoConnectionOpenAndStaysOnItsRing() throws Exception {
    inARing((context, peer) -> {
      context.getSourceApplicationContext().pause();
      peer.awaitClosed();
      assertThat(context.getBean(HttpPool.class).peers()).contains(SELF);
    });
  }

  @Test
  void oneThatStartsAgainAsksItsPeersAgain() throws Exception {
    inARing((context, peer) -> {
      context.getSourceApplicationContext().stop();
      context.getSourceApplicationContext().start();
      askPeer(context.getBean(Group.class), "again");
      assertThat(peer.connections()).isEqualTo(2);
    });
  }

  private void inARing(RingTest test) throws Exception {
    try (KeepAlivePeer peer = new KeepAlivePeer(Integer.MAX_VALUE, () -> {})) {
      ContextConsumer<AssertableApplicationContext> run =
          context -> {
            askPeer(context.getBean(Group.class), "k");
            test.accept(context, peer);
          };
      runner
          .withPropertyValues("groupcache.self=" + SELF)
          .withPropertyValues("groupcache.peers=" + SELF + "," + peer.url())
          .run(run);
    }
  }

  /** Gets keys until one is the peer's. */
  private static void askPeer(Group group, String prefix) {
    int i = 0;
    while (group.getResult(GetContext.background(), prefix + i).source() != Source.PEER) {
      i++;
    }
  }

  @FunctionalInterface
  private interface RingTest {

    void accept(AssertableApplicationContext context, KeepAlivePeer peer) throws Exception;
  }
}
