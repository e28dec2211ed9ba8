package io.groupcache.spring.http.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.server.GatedApp;
import io.groupcache.spring.http.server.port.PeerPort;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many requests of a peer are answered on one connection. */
@Timeout(60)
class KeptConnectionsTests {

  @Test
  void moreThanTomcatsHundred() throws IOException {
    try (RunningApp app = RunningApp.start(GatedApp.class)) {
      assertThat(answeredOnOneConnection(app.port(), 250)).isEqualTo(250);
    }
  }

  @Test
  void soOnAPortOfTheirOwn() throws IOException {
    try (RunningApp app = RunningApp.start(GatedApp.class, "groupcache.server.port=0")) {
      assertThat(answeredOnOneConnection(app.localPort(PeerPort.PROPERTY), 250)).isEqualTo(250);
    }
  }

  @Test
  void asManyAsTheApplicationSays() throws IOException {
    try (RunningApp app =
        RunningApp.start(GatedApp.class, "server.tomcat.max-keep-alive-requests=7")) {
      assertThat(answeredOnOneConnection(app.port(), 250)).isEqualTo(7);
    }
  }

  @Test
  void thatManyOnAPortOfTheirOwnToo() throws IOException {
    try (RunningApp app =
        RunningApp.start(
            GatedApp.class, "groupcache.server.port=0", "server.tomcat.maxKeepAliveRequests=7")) {
      assertThat(answeredOnOneConnection(app.localPort(PeerPort.PROPERTY), 250)).isEqualTo(7);
    }
  }

  private static int answeredOnOneConnection(int port, int most) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      for (int i = 1; i <= most; i++) {
        RawHttp.Answer answer = http.get("/_groupcache/echo/k");
        assertThat(answer.status()).isEqualTo(200);
        if (answer.headers().getOrDefault("Connection", "").equals("close")) {
          return i;
        }
      }
      return most;
    }
  }
}
