package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.PeerProcess;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process that was started while a change was under way has to be told of it, though the one
 * before it has been: whoever it has asked meanwhile names it to the author of the change.
 */
@Timeout(60)
class NewcomerTests {

  private static final String SELF = "http://self.invalid";
  private static final String NEWCOMER = "http://newcomer.invalid";
  private static final String HEADER = "Groupcache-Asker-Url: " + NEWCOMER + "\r\n";

  @Test
  void whoAskedAMomentAgoIsNamedToTheAuthorOfAChange() throws IOException {
    assertThat(namedAfter(get(HEADER))).containsExactly(process(7));
  }

  @Test
  void soIsWhoAskedForManyKeys() throws IOException {
    assertThat(namedAfter(PeerPosts.question("mixed", 7, HEADER, "a", "b")))
        .containsExactly(process(7));
  }

  @Test
  void whoHasBeenThereForLongIsNot() throws IOException {
    assertThat(namedAfter(get(""))).isEmpty();
  }

  @Test
  void aProcessThatWasStartedAMomentAgoSaysWhereItIs() throws Exception {
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        asked -> {
          said.add(String.valueOf(asked.getRequestHeaders().getFirst("Groupcache-Asker-Url")));
          asked.sendResponseHeaders(200, -1);
          asked.close();
        });
    other.start();
    String url = "http://127.0.0.1:" + other.getAddress().getPort();
    try (RunningApp app =
        RunningApp.start(MixedApp.class, "groupcache.peers=" + SELF + "," + url)) {
      Group group = app.bean(GroupCache.class).group("mixed");

      for (int i = 0; said.isEmpty() && i < 1_000; i++) { // until it is a key of the other's
        group.get("key " + i);
      }

      assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo(SELF);
    } finally {
      other.stop(0);
    }
  }

  private static List<PeerProcess> namedAfter(String question) throws IOException {
    try (RunningApp app =
            RunningApp.start(MixedApp.class, "groupcache.peers=" + SELF + "," + NEWCOMER);
        RawHttp http = new RawHttp(app.port())) {
      assertThat(http.send(question).status()).isEqualTo(200);
      Answer answer = http.send(PeerPosts.exchange("", removalOnTheRingOf(http)));
      return Exchange.parseFrom(answer.body().asByteBuffer()).getPeerList();
    }
  }

  /** A removal by a peer that sees the same ring. */
  private static Exchange removalOnTheRingOf(RawHttp http) throws IOException {
    Answer hello = http.send(PeerPosts.exchange("", Exchange.getDefaultInstance()));
    return Exchange.newBuilder()
        .setRing(Exchange.parseFrom(hello.body().asByteBuffer()).getRing())
        .addChange(
            Change.newBuilder().setAuthor(1).setNumber(1).setStamp(1).setGroup("mixed").addKey("k"))
        .build();
  }

  private static PeerProcess process(long id) {
    return PeerProcess.newBuilder().setUrl(NEWCOMER).setProcess(id).build();
  }

  private static String get(String headers) {
    return "GET /_groupcache/mixed/k HTTP/1.1\r\nHost: a\r\n"
        + "Groupcache-Asker: 0000000000000007\r\n"
        + headers
        + "\r\n";
  }
}
