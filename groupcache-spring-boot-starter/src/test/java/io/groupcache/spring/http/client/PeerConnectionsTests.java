package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.GetContext;
import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

@Timeout(60)
class PeerConnectionsTests {

  private static final PeerConnectionSettings SETTINGS =
      new PeerConnectionSettings(
          "/_groupcache/", Duration.ofSeconds(10), Duration.ofSeconds(10), 4, 1024);

  @Test
  void aStoppedContextLeavesNoneOpen() throws IOException {
    try (KeepAlivePeer peer = new KeepAlivePeer(10, () -> {});
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.registerBean(
          PeerConnections.class,
          () ->
              new PeerConnections(
                  SETTINGS, SharedSecret.none(), null, List.of(), ProcessId.random()));
      context.refresh();
      ProtoGetter way = context.getBean(PeerConnections.class).apply(peer.url());
      get(way);
      assertThat(peer.openConnections()).isEqualTo(1);

      context.stop();

      await().until(() -> peer.openConnections() == 0);
      context.start();
      get(way);
      assertThat(peer.openConnections()).isEqualTo(1);
    }
  }

  private static void get(ProtoGetter way) {
    GetRequest request = GetRequest.newBuilder().setGroup("g").setKey("k").build();
    assertThat(way.get(GetContext.background(), request).getValue().toStringUtf8()).isEqualTo("x");
  }
}
